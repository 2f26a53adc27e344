import { eachBlock } from "./simd-blocks.ts";
import type { Simd } from "./simd-tiles.ts";
import {
  windowMinimum as loopMinimum,
  windowMinimumGradient as loopMinimumGradient,
  windowSum as loopSum,
  type Windows,
} from "./window.ts";

/** Fills the smallest value of each window. */
export function windowMinimum(simd: Simd, windows: Windows, x: Float32Array, result: Float32Array): void {
  const isDone = fromCentres(simd, windows, x, result, simd.run.lowerToNeighbours);
  if (!isDone) loopMinimum(windows, x, result);
}

/** Fills the sum of each window. */
export function windowSum(simd: Simd, windows: Windows, x: Float32Array, result: Float32Array): void {
  const isDone = fromCentres(simd, windows, x, result, simd.run.addNeighbours);
  if (!isDone) loopSum(windows, x, result);
}

/** Begins with the values themselves and takes in their neighbours, axis by axis. */
function fromCentres(
  simd: Simd,
  windows: Windows,
  x: Float32Array,
  result: Float32Array,
  takeIn: (result: number, x: number, bytes: number, stride: number, line: number) => void,
): boolean {
  return eachBlock(simd, windows, {
    read: [x],
    result,
    arrays: 2,
    reach: 1,
    run: ({ arrays, bytes, axes }) => {
      const [values, made] = arrays as [number, number];
      simd.bytes.copyWithin(made, values, values + bytes);
      for (const axis of axes) takeIn(made, values, axis.bytes, axis.stride, axis.line);
    },
  });
}

/** Fills the gradient with respect to `x`; values that are equally small share that of their window. */
export function windowMinimumGradient(
  simd: Simd,
  windows: Windows,
  read: readonly [x: Float32Array, least: Float32Array, upstream: Float32Array],
  result: Float32Array,
): void {
  const { run } = simd;
  const isDone = eachBlock(simd, windows, {
    read,
    result,
    arrays: 5,
    reach: 2,
    run: ({ arrays, bytes, axes }) => {
      const [x, least, upstream, share, gradient] = arrays as [number, number, number, number, number];
      run.countCentres(share, x, least, bytes);
      for (const axis of axes) run.countNeighbours(share, x, least, axis.bytes, axis.stride, axis.line);
      run.shareOut(share, upstream, x, least, gradient, bytes);
      for (const axis of axes) run.gatherShares(gradient, x, least, share, axis.bytes, axis.stride, axis.line);
    },
  });
  if (!isDone) loopMinimumGradient(windows, read, result);
}
