// The gradient of a map from what its forward pass has kept: that where the upstream gradient is 1, of which each voxel's is a multiple.
import { classes, mapAt, predictionsAt } from "./memory";
import { splat } from "./numbers";
import { Four, One, Three, Two } from "./planes";

/** Multiplies the predictions of a tile, a gradient that was kept, by what the map holds of their voxel, and by a factor that all have. */
export function scaleKeptByMap(voxels: i32, factor: f32): void {
  if (classes == 1) scaleFew<One>(voxels, factor);
  else if (classes == 2) scaleFew<Two>(voxels, factor);
  else if (classes == 3) scaleFew<Three>(voxels, factor);
  else if (classes == 4) scaleFew<Four>(voxels, factor);
  else scaleMany(voxels, factor);
}

/** Four voxels at a time, whose classes stand side by side. */
// @ts-ignore: decorator
@inline
function scaleFew<N>(voxels: i32, factor: f32): void {
  const by = splat(factor);
  const end = mapAt + ((<usize>voxels) << 2);
  let at = predictionsAt;
  for (let from = mapAt; from < end; from += 16) {
    const u = f32x4.mul(v128.load(from), by);
    if (offsetof<N>() == 1) {
      multiply(at, u);
    } else if (offsetof<N>() == 2) {
      multiply(at, v128.shuffle<f32>(u, u, 0, 0, 1, 1));
      multiply(at + 16, v128.shuffle<f32>(u, u, 2, 2, 3, 3));
    } else if (offsetof<N>() == 3) {
      multiply(at, v128.shuffle<f32>(u, u, 0, 0, 0, 1));
      multiply(at + 16, v128.shuffle<f32>(u, u, 1, 1, 2, 2));
      multiply(at + 32, v128.shuffle<f32>(u, u, 2, 3, 3, 3));
    } else {
      multiply(at, v128.shuffle<f32>(u, u, 0, 0, 0, 0));
      multiply(at + 16, v128.shuffle<f32>(u, u, 1, 1, 1, 1));
      multiply(at + 32, v128.shuffle<f32>(u, u, 2, 2, 2, 2));
      multiply(at + 48, v128.shuffle<f32>(u, u, 3, 3, 3, 3));
    }
    at += 16 * offsetof<N>();
  }
}

function scaleMany(voxels: i32, factor: f32): void {
  const quads = (<usize>(classes & ~3)) << 2;
  const all = (<usize>classes) << 2;
  let first = predictionsAt;
  for (let voxel = 0; voxel < voxels; voxel++) {
    const by = load<f32>(mapAt + ((<usize>voxel) << 2)) * factor;
    const u = splat(by);
    for (let at = first; at < first + quads; at += 16) multiply(at, u);
    for (let at = first + quads; at < first + all; at += 4) store<f32>(at, load<f32>(at) * by);
    first += all;
  }
}

// @ts-ignore: decorator
@inline
function multiply(at: usize, by: v128): void {
  v128.store(at, f32x4.mul(v128.load(at), by));
}
