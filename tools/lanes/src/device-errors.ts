import { backend as currentBackend } from "@tensorflow/tfjs-core";

const found: string[] = [];
const watched = new WeakSet<object>();

/** What a fused kernel is given up with, after which all suites would pass on portable ones. */
const refusal = "refused a fused kernel";

/** Takes warnings that a fused kernel was given up for errors of the device. */
export function watchWarnings(): void {
  if (watched.has(console)) return;
  watched.add(console);
  const warn = console.warn;
  console.warn = (...texts: unknown[]) => {
    const text = texts.join(" ");
    if (text.includes(refusal)) found.push(text);
    warn(...texts);
  };
}

/** Makes the errors of WebGPU's device known, which tfjs leaves to the console while it goes on with wrong numbers. */
export function watchDevice(): void {
  const backend = currentBackend() as unknown as { device: EventTarget; readSync: () => never };
  const { device } = backend;
  if (watched.has(device)) return;
  watched.add(device);
  // it returns zeros in a headless browser, and may take the device with it
  backend.readSync = () => {
    throw new Error("WebGPU cannot be read at once: use readNumbers, readLoss or readGradient");
  };
  device.addEventListener("uncapturederror", (event) => {
    found.push((event as Event & { error: Error }).error.message);
  });
}

/** Fails if the graphics device met an error, or refused a program, since this was asked last. */
export function expectNoDeviceError(): void {
  const errors = found.splice(0);
  if (errors.length > 0) throw new Error(`on the graphics device: ${errors[0]}`);
}
