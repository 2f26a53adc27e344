import type { Numbers, VoxelArrays } from "./voxel-arrays.ts";

/** Fills v of every voxel; labels, where there are any, are indices. */
export function voxelWeights({ labels, weights, classes, ignoreLabel }: VoxelArrays, map: Float32Array): void {
  if (weights) map.set(weights);
  else map.fill(1);
  const range = Math.max(2, classes);
  for (let at = 0; at < map.length; at++) {
    const label = labels ? (labels[at] as number) : 0;
    if (!((map[at] as number) > 0 && label >= 0 && label < range && label !== ignoreLabel)) map[at] = 0;
  }
}

/** Fills in whether a label is the ignored one, or no class; looks no further than the first. */
export function anyIgnored({ labels, classes, ignoreLabel }: VoxelArrays, found: Float32Array): void {
  const values = labels as Numbers;
  const range = Math.max(2, classes);
  let at = 0;
  for (; at < values.length; at++) {
    const label = values[at] as number;
    if (!(label >= 0 && label < range && label !== ignoreLabel)) break;
  }
  found[0] = Number(at < values.length);
}

/** Fills the gradient of sums over voxels: every voxel has that of its sum. */
export function spreadSums(
  { batch, voxels, classes }: VoxelArrays,
  upstream: Float32Array,
  gradient: Float32Array,
): void {
  for (let sample = 0; sample < batch; sample++) {
    const [first, last] = [sample * voxels * classes, (sample + 1) * voxels * classes];
    if (classes === 1) gradient.fill(upstream[sample] as number, first, last);
    else {
      const row = upstream.subarray(sample * classes, (sample + 1) * classes);
      for (let at = first; at < last; at += classes) gradient.set(row, at);
    }
  }
}

/** Fills the region of a class: where its index stands, or what is more than half of it. */
export function markRegion({ labels, indexed, classes }: VoxelArrays, label: number, region: Float32Array): void {
  const values = labels as Numbers;
  if (indexed) for (let at = 0; at < region.length; at++) region[at] = Number(values[at] === label);
  else
    for (let at = 0, from = label; at < region.length; at++, from += classes)
      region[at] = Number((values[from] as number) > 0.5);
}

/** Fills one of several channels. */
export function takeChannel(values: Float32Array, channels: number, channel: number, map: Float32Array): void {
  for (let at = 0, from = channel; at < map.length; at++, from += channels) map[at] = values[from] as number;
}

/** Fills the sums of values times their weights of each row, and behind them those of the weights. */
export function chosenSums(values: Float32Array, weights: Float32Array, count: number, sums: Float32Array): void {
  const rows = sums.length / 2;
  for (let row = 0; row < rows; row++) {
    let [ofValues, ofWeights] = [0, 0];
    for (let at = row * count; at < (row + 1) * count; at++) {
      const weight = weights[at] as number;
      ofValues += weight * (values[at] as number);
      ofWeights += weight;
    }
    sums[row] = ofValues;
    sums[rows + row] = ofWeights;
  }
}
