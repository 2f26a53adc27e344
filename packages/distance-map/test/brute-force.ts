import type { Shape } from "../src/array.ts";

/** Every pair of voxels, in doubles: the definition itself. */
export function bruteForce(
  shape: Shape,
  spacing: readonly number[],
  apart: (from: number, to: number) => boolean,
): Float64Array {
  const voxels = shape.reduce((product, extent) => product * extent, 1);
  const squares = new Float64Array(voxels).fill(Infinity);
  const places = Array.from({ length: voxels }, (_, voxel) => coordinates(voxel, shape));
  for (let from = 0; from < voxels; from++) {
    for (let to = 0; to < voxels; to++) {
      if (!apart(from, to)) continue;
      const square = shape.reduce((sum, _, axis) => {
        const away = ((places[from]?.[axis] ?? 0) - (places[to]?.[axis] ?? 0)) * (spacing[axis] ?? 1);
        return sum + away * away;
      }, 0);
      if (square < (squares[from] as number)) squares[from] = square;
    }
  }
  return squares;
}

/** Squared distance of every foreground voxel to the nearest background one, 0 on the background. */
export function bruteMask(mask: ArrayLike<number>, shape: Shape, spacing: readonly number[]): Float64Array {
  return bruteForce(shape, spacing, (from, to) => mask[to] === 0 && (mask[from] !== 0 || from === to));
}

/** The array surrounded by one layer of background, for the border option. */
export function padded(
  values: ArrayLike<number>,
  shape: Shape,
): { values: Int32Array; shape: number[]; inner: number[] } {
  const outer = shape.map((extent) => extent + 2);
  const result = new Int32Array(outer.reduce((product, extent) => product * extent, 1));
  const inner: number[] = [];
  for (let voxel = 0; voxel < values.length; voxel++) {
    const place = coordinates(voxel, shape).map((at) => at + 1);
    const index = place.reduce((sum, at, axis) => sum * (outer[axis] ?? 1) + at, 0);
    result[index] = values[voxel] as number;
    inner.push(index);
  }
  return { values: result, shape: outer, inner };
}

export function coordinates(voxel: number, shape: Shape): number[] {
  const place: number[] = [];
  let rest = voxel;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const extent = shape[axis] ?? 1;
    place[axis] = rest % extent;
    rest = Math.floor(rest / extent);
  }
  return place;
}

/** Distance in units in the last place of two float32 numbers of one sign. */
export function ulps(a: number, b: number): number {
  if (Object.is(a, b)) return 0;
  const bits = new Int32Array(new Float32Array([a, b]).buffer);
  return Math.abs((bits[0] as number) - (bits[1] as number));
}

/** A small generator of numbers in [0, 1) (mulberry32), so that a failing mask can be made again. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A random shape of `rank` axes, prime and unequal sides included. */
export function randomShape(next: () => number, rank: number, most: number): number[] {
  return Array.from({ length: rank }, () => 1 + Math.floor(next() * most));
}

/** Foreground with a random density, from nearly none to nearly all. */
export function randomMask(next: () => number, voxels: number, values = 1): Uint8Array {
  const density = [0.02, 0.2, 0.5, 0.8, 0.98][Math.floor(next() * 5)] ?? 0.5;
  return Uint8Array.from({ length: voxels }, () => (next() < density ? 1 + Math.floor(next() * values) : 0));
}
