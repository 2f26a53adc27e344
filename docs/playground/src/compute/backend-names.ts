/** The backends of TensorFlow.js, the fastest first. */
export const backendNames = ["webgpu", "webgl", "wasm", "cpu"] as const;

/** A backend of TensorFlow.js. */
export type BackendName = (typeof backendNames)[number];
