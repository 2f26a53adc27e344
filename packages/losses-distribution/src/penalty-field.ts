import { denseTarget, detached, type Problem, restoreSpatial, runsOnGpu } from "@lossary/core-reduce";
import { distanceMap } from "@lossary/distance-map";
import {
  add,
  argMax,
  cast,
  div,
  getBackend,
  greater,
  lessEqual,
  max,
  min,
  mul,
  oneHot,
  ones,
  onesLike,
  reshape,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  where,
} from "@tensorflow/tfjs-core";
import { countedVoxels } from "./counted-voxels.ts";

/** Larger than every distance. */
const beyond = 1e30;

/** F of each voxel, `[batch, voxels]`, or of each channel's regions, `[batch, voxels, classes]`, from the labels. */
export function penaltyField(problem: Problem, spacing: readonly number[]): Tensor2D | Tensor3D {
  if (getBackend() === "webgpu" && !runsOnGpu()) {
    throw new Error(
      `${problem.who}: webgpu cannot read labels back at once; make distanceMap beforehand with penaltyMapAsync of @lossary/distance-map`,
    );
  }
  return detached<Tensor2D | Tensor3D>(() => {
    if (!problem.multiLabel) return sum(penaltyWithin(ownClass(problem), problem, spacing), -1) as Tensor2D;
    const positive = cast(greater(denseTarget(problem), 0.5), "float32") as Tensor3D;
    return add(
      penaltyWithin(positive, problem, spacing),
      penaltyWithin(sub(1, positive) as Tensor3D, problem, spacing),
    ) as Tensor3D;
  });
}

/** 1 at the class that a voxel belongs to most, `[batch, voxels, classes]`. */
export function ownClass(problem: Problem): Tensor3D {
  const { classes, batch, voxels } = problem;
  // tfjs refuses a one-hot of one class
  if (classes === 1) return ones([batch, voxels, 1]);
  return detached(() => cast(oneHot(argMax(denseTarget(problem), -1), classes), "float32") as Tensor3D);
}

/** (max d - d) / (max d - min d) inside each region, 1 where that is 0/0, and 0 outside. Ignored voxels are on no side: no distance ends there. */
function penaltyWithin(region: Tensor3D, problem: Problem, spacing: readonly number[]): Tensor3D {
  const { batch, voxels } = problem;
  const counted = countedVoxels(problem);
  const weights = restoreSpatial(counted, problem);
  const distance = reshape(distanceMap(restoreSpatial(region, problem), { spacing, weights }), region.shape);
  const inside = mul(region, reshape(counted, [batch, voxels, 1]));
  const deepest = max(mul(distance, inside), 1, true);
  const nearest = min(add(distance, mul(sub(1, inside), beyond)), 1, true);
  const range = sub(deepest, nearest);
  // equal distances that were reached over different offsets may differ in their last digit
  const isFlat = lessEqual(range, mul(deepest, 1e-6));
  return mul(inside, where(isFlat, onesLike(distance), div(sub(deepest, distance), range))) as Tensor3D;
}

/** A map that was made before, as `penaltyField` would have made it: where classes are exclusive, each voxel takes the entry of its own class. */
export function givenField(problem: Problem, field: Tensor): Tensor2D | Tensor3D {
  const { batch, spatial, voxels, classes, multiLabel, who } = problem;
  const perVoxel = [batch, ...spatial];
  const perClass = [...perVoxel, classes];
  const has = (shape: readonly number[]) =>
    field.rank === shape.length && shape.every((side, axis) => side === field.shape[axis]);
  if ((!has(perVoxel) && !has(perClass)) || field.dtype === "string" || field.dtype === "complex64") {
    throw new Error(
      `${who}: distanceMap must be a number tensor [${perVoxel.join(",")}], one penalty a voxel, or [${perClass.join(",")}] (got ${field.dtype} tensor [${field.shape.join(",")}])`,
    );
  }
  return detached<Tensor2D | Tensor3D>(() => {
    const penalties = cast(field, "float32");
    if (has(perVoxel)) return reshape(penalties, [batch, voxels]) as Tensor2D;
    const ofClasses = reshape(penalties, [batch, voxels, classes]) as Tensor3D;
    return multiLabel ? ofClasses : (sum(mul(ownClass(problem), ofClasses), -1) as Tensor2D);
  });
}
