import { capacityOf, copyIn, copyOut, type Simd, type Tile } from "./simd-tiles.ts";
import type { Numbers, VoxelArrays } from "./voxel-arrays.ts";

/** Up to this share of a tile's voxels it costs less to gather them than to go through all. */
const few = 1 / 4;

/**
 * Fills the gradient of a map, given the upstream gradient of each voxel. Where few of them are not 0, as of voxels that were chosen for top-K, they alone
 * are put into the tile, side by side, and what comes out goes back to where they are.
 */
export function gradientOfChosen(
  simd: Simd,
  given: VoxelArrays,
  gradient: Float32Array,
  upstream: Float32Array,
  { beforeSample, run }: { readonly beforeSample: (sample: number) => void; readonly run: (count: number) => void },
): void {
  const { floats, at } = simd;
  const { batch, voxels, classes } = given;
  const capacity = capacityOf(simd, given, false);
  const bits = new Int32Array(upstream.buffer, upstream.byteOffset, upstream.length);
  // one more, since the next place is written before it is known whether it is one
  const list = new Int32Array(capacity + 1);
  for (let sample = 0; sample < batch; sample++) {
    beforeSample(sample);
    for (let done = 0; done < voxels; done += capacity) {
      const tile: Tile = { sample, first: sample * voxels + done, count: Math.min(capacity, voxels - done) };
      const last = tile.first + tile.count;
      const chosen = placesOf(bits, tile, list);
      if (chosen.length > few * tile.count) {
        copyIn(simd, given, undefined, tile);
        floats.set(upstream.subarray(tile.first, last), at.map);
        run(tile.count);
        copyOut(simd, tile, classes, gradient);
        continue;
      }
      gradient.fill(0, tile.first * classes, last * classes);
      if (chosen.length === 0) continue;
      gatherIn(simd, given, upstream, chosen);
      run(chosen.length);
      scatter(floats, at.predictions, gradient, chosen, classes);
    }
  }
}

/** Where the numbers of a tile are that are not 0; without a branch, which nothing could foresee. */
function placesOf(bits: Int32Array, { first, count }: Tile, list: Int32Array): Int32Array {
  let size = 0;
  for (let place = first; place < first + count; place++) {
    list[size] = place;
    // a zero of either sign has no bit but that
    const rest = (bits[place] as number) << 1;
    size += (rest | -rest) >>> 31;
  }
  return list.subarray(0, size);
}

function gatherIn(
  { floats, integers, at }: Simd,
  given: VoxelArrays,
  upstream: Float32Array,
  chosen: Int32Array,
): void {
  const { predictions, labels, weights, indexed, classes } = given;
  if (predictions) gather(predictions, floats, at.predictions, chosen, classes);
  if (labels && indexed) gather(labels, integers, at.labels, chosen, 1);
  else if (labels) gather(labels, floats, at.labels, chosen, classes);
  if (weights) gather(weights, floats, at.weights, chosen, 1);
  gather(upstream, floats, at.map, chosen, 1);
}

/** `step` numbers of each of the voxels. */
function gather(from: Numbers, to: Numbers, first: number, voxels: Int32Array, step: number): void {
  for (let i = 0, put = first; i < voxels.length; i++) {
    let take = (voxels[i] as number) * step;
    const end = take + step;
    // four at once: fewer steps between voxels let the processor wait for several of them at the same time
    for (; take + 4 <= end; take += 4, put += 4) {
      to[put] = from[take] as number;
      to[put + 1] = from[take + 1] as number;
      to[put + 2] = from[take + 2] as number;
      to[put + 3] = from[take + 3] as number;
    }
    for (; take < end; take++, put++) to[put] = from[take] as number;
  }
}

function scatter(from: Float32Array, first: number, to: Float32Array, voxels: Int32Array, step: number): void {
  for (let i = 0, take = first; i < voxels.length; i++) {
    let put = (voxels[i] as number) * step;
    const end = put + step;
    while (put < end) to[put++] = from[take++] as number;
  }
}
