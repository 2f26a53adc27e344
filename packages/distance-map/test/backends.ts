import type { BackendChoice } from "../src/array.ts";

/** Every implementation that must pass every test. */
export const backends: readonly BackendChoice[] = ["typescript", "wasm"];
