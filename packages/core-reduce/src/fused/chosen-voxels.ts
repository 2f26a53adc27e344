import type { Numbers, TermArrays, VoxelArrays } from "./voxel-arrays.ts";

/** Below this share of voxels it costs less to gather them than to go through all. */
const few = 1 / 4;

/** The gradient of a map, given the upstream gradient of each voxel. */
type MapGradient = (given: VoxelArrays, gradient: Float32Array, terms: TermArrays, upstream: Float32Array) => void;

/**
 * Fills the gradient of a map of which few voxels have an upstream gradient that is not 0, as those that were chosen for top-K: they alone are gone
 * through, side by side. Does nothing and returns false where there are more.
 */
export function fillChosen(
  run: MapGradient,
  given: VoxelArrays,
  gradient: Float32Array,
  terms: TermArrays,
  upstream: Float32Array,
): boolean {
  const { batch, voxels, classes, predictions, labels, weights, indexed } = given;
  const chosen = chosenOf(upstream);
  if (chosen === undefined) return false;
  gradient.fill(0);
  for (let sample = 0, first = 0; sample < batch; sample++) {
    let last = first;
    while (last < chosen.length && (chosen[last] as number) < (sample + 1) * voxels) last++;
    const of = chosen.subarray(first, last);
    first = last;
    if (of.length === 0) continue;
    const made = new Float32Array(of.length * classes);
    const gathered = {
      ...given,
      batch: 1,
      voxels: of.length,
      predictions: predictions && gather(predictions, of, classes),
      labels: labels && gather(labels, of, indexed ? 1 : classes),
      weights: weights && gather(weights, of, 1),
    };
    run(gathered, made, termsOfSample(terms, sample, classes), gather(upstream, of, 1));
    for (let i = 0, from = 0; i < of.length; i++) {
      const to = (of[i] as number) * classes;
      for (let c = 0; c < classes; c++) gradient[to + c] = made[from++] as number;
    }
  }
  return true;
}

/** Where the numbers are that are not 0, if they are few. */
function chosenOf(numbers: Float32Array): Int32Array | undefined {
  const bits = new Int32Array(numbers.buffer, numbers.byteOffset, numbers.length);
  const places = new Int32Array(Math.floor(few * numbers.length));
  let size = 0;
  for (let at = 0; at < bits.length; at++) {
    // a zero of either sign
    if ((bits[at] as number) << 1 === 0) continue;
    if (size === places.length) return undefined;
    places[size++] = at;
  }
  return places.subarray(0, size);
}

/** `step` numbers of each of the voxels. */
function gather<Values extends Numbers>(values: Values, voxels: Int32Array, step: number): Values {
  // an array of the same type
  const gathered = values.slice(0, voxels.length * step) as Values;
  for (let i = 0, to = 0; i < voxels.length; i++) {
    let from = (voxels[i] as number) * step;
    const end = from + step;
    // four at once: fewer steps between voxels let the processor wait for several of them at the same time
    for (; from + 4 <= end; from += 4, to += 4) {
      gathered[to] = values[from] as number;
      gathered[to + 1] = values[from + 1] as number;
      gathered[to + 2] = values[from + 2] as number;
      gathered[to + 3] = values[from + 3] as number;
    }
    for (; from < end; from++, to++) gathered[to] = values[from] as number;
  }
  return gathered;
}

function termsOfSample(terms: TermArrays, sample: number, classes: number): TermArrays {
  if (terms.positive.length === classes) return terms;
  const row = (coefficients: Float32Array) => coefficients.subarray(sample * classes, (sample + 1) * classes);
  return { ...terms, positive: row(terms.positive), negative: terms.negative && row(terms.negative) };
}
