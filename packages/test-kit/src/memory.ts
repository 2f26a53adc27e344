import { engine } from "@tensorflow/tfjs-core";

/**
 * The most bytes that a pass holds at once on the current backend, beside what was there before. tfjs counts views as if they were copies, so the
 * backend's own data are counted.
 *
 * @param pass - what is looked at, a loss and its gradient for instance
 * @param smallest - data of fewer bytes are not counted; 0 by default, which counts all
 * @returns bytes
 *
 * @example
 * ```ts
 * import { mostBytes } from "@lossary/test-kit/memory";
 * import { dispose, exp, neg, ones, tidy } from "@tensorflow/tfjs-core";
 *
 * const x = ones([1000]);
 * console.log(mostBytes(() => dispose(tidy(() => exp(neg(x)))))); // 8000: the negative numbers and their exponentials
 * ```
 */
export function mostBytes(pass: () => void, smallest = 0): number {
  const { backend } = engine();
  const held = new WeakMap<object, number>();
  const { write, disposeData } = backend;
  let [now, most] = [0, 0];
  backend.write = (values, shape, dtype) => {
    const data = write.call(backend, values, shape, dtype);
    const bytes = shape.reduce((product, side) => product * side, dtype === "bool" ? 1 : 4);
    if (bytes < smallest) return data;
    held.set(data, bytes);
    now += bytes;
    most = Math.max(most, now);
    return data;
  };
  backend.disposeData = (data, force) => {
    const isFree = disposeData.call(backend, data, force);
    if (isFree) now -= held.get(data) ?? 0;
    return isFree;
  };
  try {
    pass();
  } finally {
    Object.assign(backend, { write, disposeData });
  }
  return most;
}
