import type { TensorInfo } from "@tensorflow/tfjs-core";
import { sumOverVoxels } from "./sums.ts";
import type { GpuCall } from "./voxel-programs.ts";

/**
 * The factors of the largest values of each row, `[rows, count]`.
 *
 * The threshold is found two bits at a time: how many keys reach each of three candidates is counted, exactly up to 2^24. Nothing is sorted, and
 * nothing is read back, as tfjs's own `topk` does on WebGL. A key is kept as two halves of 16 bits, which float32 holds.
 */
export function selectLargestOnGpu({ inputs, attributes, gpu }: GpuCall): TensorInfo {
  const values = inputs.values as TensorInfo;
  const [rows, count] = values.shape as [number, number];
  const all = inputs.weights
    ? undefined
    : gpu.run({ name: "all", source: everyOne, shape: [1, rows, count], width: 1, inputs: {}, integers: {} });
  const weights: TensorInfo = all ? { ...all, shape: [rows, count] } : (inputs.weights as TensorInfo);
  const floats = { percent: attributes.percent as number };
  const replaced = (old: readonly TensorInfo[], made: TensorInfo) => {
    for (const one of old) gpu.dispose(one);
    return made;
  };
  const sums = (name: string, terms: string, threshold: TensorInfo, integers: { unit?: number }) =>
    sumOverVoxels(
      gpu,
      { name, source: counting(terms), width: 4, kinds: 4, inputs: { values, weights, threshold }, integers },
      [rows, count, 1],
    );

  const lowest = "fn valueAt(n: i32, i: i32, c: i32) -> f32 { return 0.0; }";
  let threshold = gpu.run({
    name: "lowest key",
    source: lowest,
    shape: [1, rows, 2],
    width: 1,
    inputs: {},
    integers: {},
  });
  for (let shift = 30; shift >= 0; shift -= 2) {
    const unit = 2 ** shift;
    const counts = sums("keys reached", reached, threshold, { unit });
    const read = { counts, threshold };
    threshold = replaced(
      [counts, threshold],
      gpu.run({
        name: "next key",
        source: next,
        shape: [1, rows, 2],
        width: 1,
        inputs: read,
        integers: { unit },
        floats,
      }),
    );
  }
  const counts = sums("keys passed", passed, threshold, {});
  const read = { values, weights, threshold, counts };
  const factors = gpu.run({
    name: "factors",
    source: share,
    shape: [1, rows, count],
    width: 1,
    inputs: read,
    integers: {},
    floats,
  });
  return replaced(all ? [counts, threshold, all] : [counts, threshold], { ...factors, shape: [rows, count] });
}

/** Every value may be selected. */
const everyOne = "fn valueAt(a: i32, n: i32, i: i32) -> f32 { return 1.0; }";

/** `thresholdOf`: the key of a row; `placesOf`: how many are selected, whatever a division is off by. */
const keys = `
    fn thresholdOf(n: i32) -> i32 {
      return (i32(getThreshold(0, n, 0)) - 32768) * 65536 + i32(getThreshold(0, n, 1));
    }`;
const places = `
    fn placesOf(available: f32) -> f32 {
      let product: f32 = available * uniforms.percent;
      var rounded: f32 = floor(product / 100.0 + 0.5);
      if (rounded * 100.0 - 50.0 > product) { rounded -= 1.0; }
      if (rounded * 100.0 + 50.0 <= product) { rounded += 1.0; }
      return max(rounded, 1.0);
    }`;

/** `keyOf`: an integer that is ordered as numbers are; both zeros are one. */
const key = `
    fn keyOf(x: f32) -> i32 {
      if (x == 0.0) { return 0; }
      let bits: i32 = bitcast<i32>(x);
      return bits ^ ((bits >> 31u) & 0x7fffffff);
    }`;

/** Four counts of the values that may be selected, by what `terms` says of `key`, `at` and the others. */
function counting(terms: string): string {
  return `${keys}${key}
    fn weightOf(n: i32, i: i32) -> f32 { return select(0.0, 1.0, getWeights(n, i) > 0.0); }
    fn look(n: i32, i: i32) {}
    fn termsOf(n: i32, i: i32, c: i32) -> vec4<f32> {
      let value: i32 = keyOf(getValues(n, i));
      var at: i32 = thresholdOf(n);
      ${terms}
    }`;
}

/** How many reach one, two and three units more than the threshold, and how many there are. */
const reached = `
      var counts: vec4<f32> = vec4<f32>(0.0, 0.0, 0.0, 1.0);
      at += uniforms.unit;
      if (value >= at) { counts[0] = 1.0; }
      at += uniforms.unit;
      if (value >= at) { counts[1] = 1.0; }
      at += uniforms.unit;
      if (value >= at) { counts[2] = 1.0; }
      return counts;`;

/** How many stand above the threshold, how many on it, and how many there are. */
const passed = `
      return vec4<f32>(select(0.0, 1.0, value > at), select(0.0, 1.0, value == at), 0.0, 1.0);`;

/** The threshold, raised by as many units as enough values reach. */
const next = `${keys}${places}
    fn valueAt(a: i32, n: i32, part: i32) -> f32 {
      let wanted: f32 = placesOf(getCounts(3, n, 0));
      var raised: i32 = thresholdOf(n);
      for (var candidate: i32 = 0; candidate < 3; candidate++) {
        if (getCounts(candidate, n, 0) >= wanted) { raised += uniforms.unit; }
      }
      return select(f32(raised & 0xffff), f32((raised >> 16u) + 32768), part == 0);
    }`;

/** 1 above the threshold, and what is left of the places for each on it. */
const share = `${keys}${places}${key}
    fn valueAt(a: i32, n: i32, i: i32) -> f32 {
      if (!(getWeights(n, i) > 0.0)) { return 0.0; }
      let value: i32 = keyOf(getValues(n, i));
      let at: i32 = thresholdOf(n);
      if (value > at) { return 1.0; }
      if (value < at) { return 0.0; }
      return (placesOf(getCounts(3, n, 0)) - getCounts(0, n, 0)) / getCounts(1, n, 0);
    }`;
