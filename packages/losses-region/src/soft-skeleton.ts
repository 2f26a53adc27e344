import { channelsOf, joinChannels, withGradient } from "@lossary/core-reduce";
import {
  add,
  dispose,
  mul,
  neg,
  onesLike,
  relu,
  step,
  sub,
  type Tensor3D,
  tidy,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { dilate, dilateGradient, erode, erodeGradient, type Grid } from "./morphology.ts";

/**
 * The soft skeleton of a field, `[batch, voxels, classes]`: what an opening removes at each depth of erosion, joined.
 *
 * With x_0 the field, x_(k+1) = erode(x_k) and r_k = max(x_k - dilate(x_(k+1)), 0), the skeleton is S = 1 - prod (1 - r_k), k = 0 to
 * `iterations`, which is S_k = S_(k-1) + r_k (1 - S_(k-1)).
 *
 * The backward pass computes the depths again, from one in every sqrt(iterations) that it keeps: memory grows with that root, and nothing but
 * the field itself is kept between the passes.
 */
export function softSkeleton(x: Tensor3D, iterations: number, grid: Grid): Tensor3D {
  return withGradient<Tensor3D, Tensor3D>(
    x,
    grid.valid ? [x, grid.valid] : [x],
    (values) =>
      eachChannel([values], ([field]) => sub(1, descend({ field, left: onesLike(field) }, iterations + 1, grid).left)),
    (upstream, [values, valid]) => {
      const over: Grid = { ...grid, valid: valid as Tensor3D | undefined };
      return eachChannel([values as Tensor3D, upstream], ([field, slope]) =>
        ascend(neg(slope as Tensor3D), field, iterations, over),
      );
    },
  );
}

/** Applies `f` to one channel after the other: the maps that it holds are as large as one of them. */
function eachChannel(
  values: readonly Tensor3D[],
  f: (channels: readonly [Tensor3D, ...Tensor3D[]]) => Tensor3D,
): Tensor3D {
  return tidy(() => {
    const channels = values.map(channelsOf);
    const results = Array.from({ length: (values[0] as Tensor3D).shape[2] }, (_, channel) =>
      tidy(() => f(channels.map((at) => at(channel)) as [Tensor3D, ...Tensor3D[]])),
    );
    return joinChannels(results);
  });
}

/** What is known at a depth k: x_k, and prod_(j<k) (1 - r_j), which no skeleton point has taken yet. */
interface Depth {
  readonly field: Tensor3D;
  readonly left: Tensor3D;
}

/** Goes down some depths and forgets those between. */
function descend(from: Depth, depths: number, grid: Grid): Depth {
  let depth = from;
  for (let k = 0; k < depths; k++) {
    const next = tidy((): Depth & Record<string, Tensor3D> => {
      const eroded = erode(depth.field, grid);
      const kept = tidy(() => sub(1, relu(gapOf(depth.field, eroded, grid))));
      return { field: eroded, left: mul(depth.left, kept) };
    });
    if (k > 0) dispose([depth.field, depth.left]);
    depth = next;
  }
  return depth;
}

/** Gradients with respect to x_k and to what no skeleton point has taken before. */
interface Slopes {
  readonly ofField: Tensor3D;
  readonly ofLeft: Tensor3D;
}

/** From the gradient with respect to the last `left` to that with respect to the field, from the deepest depth up. */
function ascend(upstream: Tensor3D, field: Tensor3D, iterations: number, grid: Grid): Tensor3D {
  const span = Math.ceil(Math.sqrt(iterations + 1));
  const segments = Math.ceil((iterations + 1) / span);
  const kept: Depth[] = [{ field, left: onesLike(field) }];
  while (kept.length < segments) kept.push(descend(kept.at(-1) as Depth, span, grid));
  let slopes: Slopes = { ofField: zerosLike(field), ofLeft: upstream };
  for (let segment = segments - 1; segment >= 0; segment--) {
    const depths = [kept[segment] as Depth];
    while (depths.length < Math.min(span, iterations + 1 - segment * span)) {
      depths.push(descend(depths.at(-1) as Depth, 1, grid));
    }
    while (depths.length > 0) {
      const depth = depths.pop() as Depth;
      const climbed: Slopes & Record<string, Tensor3D> = tidy(() => climb(slopes, depth, grid));
      dispose([slopes.ofField, slopes.ofLeft]);
      if (depth.field !== field) dispose([depth.field, depth.left]);
      slopes = climbed;
    }
  }
  return slopes.ofField;
}

/** One depth up: gradients with respect to x_(k+1) and the product up to k, to those with respect to x_k and the product before. */
function climb({ ofField, ofLeft }: Slopes, { field, left }: Depth, grid: Grid) {
  const eroded = erode(field, grid);
  const gap = gapOf(field, eroded, grid);
  const ofDilated = tidy(() => mul(mul(ofLeft, left), step(gap))) as Tensor3D;
  const next = tidy(() => mul(ofLeft, sub(1, relu(gap)))) as Tensor3D;
  dispose(gap);
  const ofEroded = tidy(() => add(ofField, dilateGradient(ofDilated, eroded, grid))) as Tensor3D;
  const through = erodeGradient(ofEroded, field, eroded, grid);
  dispose([eroded, ofEroded]);
  return { ofField: sub(through, ofDilated) as Tensor3D, ofLeft: next };
}

/** x_k - dilate(x_(k+1)), 0 at ignored voxels. */
function gapOf(field: Tensor3D, eroded: Tensor3D, grid: Grid): Tensor3D {
  const gap = () => tidy(() => sub(field, dilate(eroded, grid))) as Tensor3D;
  return grid.valid === undefined ? gap() : tidy(() => mul(gap(), grid.valid as Tensor3D));
}
