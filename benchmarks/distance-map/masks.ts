/** The masks of the table: each is what a user has, or the worst that a method can meet. */
export type MaskName = "blobs" | "sphere" | "noise" | "sparse" | "single" | "full" | "empty";

export const MASKS: readonly MaskName[] = ["blobs", "sphere", "noise", "sparse", "single", "full", "empty"];

export function createMask(name: MaskName, shape: readonly number[]): Uint8Array {
  const voxels = shape.reduce((product, extent) => product * extent, 1);
  const mask = new Uint8Array(voxels);
  const next = random(voxels);
  if (name === "blobs") return blobs(shape);
  if (name === "sphere") {
    const radius = 0.4 * Math.min(...shape);
    return mask.map((_, voxel) => Number(squareFromCentre(voxel, shape) < radius * radius));
  }
  if (name === "noise") return mask.map(() => Number(next() < 0.5));
  if (name === "sparse") return mask.map(() => Number(next() >= 0.001));
  if (name === "full") return mask.fill(1);
  if (name === "single") {
    mask.fill(1)[Math.floor(voxels * 0.37)] = 0;
  }
  return mask;
}

/** 64 regions without background between them: the voxels nearest to each of 64 seeds. */
export function createLabels(shape: readonly number[]): Uint8Array {
  const voxels = shape.reduce((product, extent) => product * extent, 1);
  const next = random(64);
  const seeds = Array.from({ length: 64 }, () => shape.map((extent) => next() * extent));
  const labels = new Uint8Array(voxels);
  for (let voxel = 0; voxel < voxels; voxel++) {
    let rest = voxel;
    const place = [...shape].reverse().map((extent) => {
      const at = rest % extent;
      rest = Math.floor(rest / extent);
      return at;
    });
    place.reverse();
    let best = Infinity;
    seeds.forEach((seed, label) => {
      let square = 0;
      for (let axis = 0; axis < place.length; axis++) square += ((seed[axis] ?? 0) - (place[axis] ?? 0)) ** 2;
      if (square < best) {
        best = square;
        labels[voxel] = label + 1;
      }
    });
  }
  return labels;
}

/** Smoothed noise above the level that leaves 30 % of it. */
function blobs(shape: readonly number[]): Uint8Array {
  const voxels = shape.reduce((product, extent) => product * extent, 1);
  const next = random(7);
  let values = Float32Array.from({ length: voxels }, () => next());
  for (let round = 0; round < 3; round++) {
    let stride = 1;
    for (const extent of [...shape].reverse()) {
      values = smooth(values, extent, stride, Math.max(2, Math.round(Math.min(...shape) / 40)));
      stride *= extent;
    }
  }
  const level = values.slice().sort()[Math.floor(0.7 * voxels)] as number;
  return Uint8Array.from(values, (value) => Number(value > level));
}

/** The mean of 2 r + 1 neighbours along one axis, the ends repeated. */
function smooth(values: Float32Array, extent: number, stride: number, radius: number): Float32Array<ArrayBuffer> {
  const result = new Float32Array(values.length);
  for (let start = 0; start < values.length; start++) {
    if (Math.floor(start / stride) % extent !== 0) continue;
    const at = (i: number): number => values[start + Math.min(extent - 1, Math.max(0, i)) * stride] as number;
    let sum = 0;
    for (let i = -radius; i <= radius; i++) sum += at(i);
    for (let i = 0; i < extent; i++) {
      result[start + i * stride] = sum;
      sum += at(i + radius + 1) - at(i - radius);
    }
  }
  return result;
}

function squareFromCentre(voxel: number, shape: readonly number[]): number {
  let rest = voxel;
  let square = 0;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const extent = shape[axis] ?? 1;
    square += ((rest % extent) - extent / 2) ** 2;
    rest = Math.floor(rest / extent);
  }
  return square;
}

function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
