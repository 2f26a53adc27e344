import {
  detached,
  logProbabilities,
  type Problem,
  probabilities,
  refuse,
  restoreSpatial,
  selectLargest,
} from "@lossary/core-reduce";
import { distanceMap } from "@lossary/distance-map";
import {
  add,
  cast,
  concat,
  greater,
  max,
  mul,
  reshape,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { expectReadable } from "./class-field.ts";
import { contourRequest } from "./contour-distance-map.ts";
import { folded } from "./folded.ts";
import { embedded, extracted, moved, nextTo } from "./grid.ts";
import { classMasks, contours, countedVoxels, targetOf } from "./masks.ts";
import { faceOffsets } from "./neighbours.ts";

/** ln P of the voxels, `[batch, voxels, classes]`, constant; one channel stands for p and 1 - p. */
export function logarithms(problem: Problem): Tensor3D {
  const { logProbability, logComplement } = logProbabilities(problem);
  return problem.classes > 1 ? logProbability : detached(() => concat([logProbability, logComplement], -1));
}

/** M, the distance of each voxel to the true boundary, `[batch, voxels, 1]`. */
export function boundaryDistance(
  problem: Problem,
  { distanceMap: given, spacing }: { distanceMap: Tensor | undefined; spacing: number | readonly number[] },
): Tensor3D {
  const { who, batch, spatial, voxels } = problem;
  const shape: [number, number, number] = [batch, voxels, 1];
  if (given !== undefined) {
    const expected = [batch, ...spatial];
    const fits = [expected, [...expected, 1]].some((sides) => sides.join() === given.shape.join());
    if (!fits || (given.dtype !== "float32" && given.dtype !== "int32")) {
      refuse(who, "distanceMap", `a number tensor [${expected.join(",")}], one distance a voxel`, given);
    }
    return detached(() => reshape(cast(given, "float32"), shape));
  }
  expectReadable(problem);
  return detached(() => {
    const masks = classMasks(targetOf(problem), problem);
    const regions = problem.classes > 1 ? masks : (concat([masks, sub(1, masks)], -1) as Tensor3D);
    const boundary = max(contours(regions, countedVoxels(problem), spatial), -1, true);
    return reshape(distanceMap(restoreSpatial(sub(1, boundary), problem), contourRequest(problem, spacing)), shape);
  });
}

/** The smallest sum of divergences that makes a boundary. */
const smallestTurn = 1e-5;

/** 1 on the predicted boundary, `[batch, voxels, 1]`: where the distributions turn most. */
export function predictedBoundary(problem: Problem, share: number): Tensor3D {
  const { batch, voxels } = problem;
  const counted = countedVoxels(problem);
  const turns = mul(faceDivergences(problem, counted), counted);
  const row = (values: Tensor) => reshape(values, [batch, voxels]) as Tensor2D;
  const chosen = reshape(selectLargest(row(turns), row(counted), share * 100), counted.shape);
  return mul(cast(greater(chosen, 0), "float32"), cast(greater(turns, smallestTurn), "float32"));
}

/** The sum over the face neighbours that count of KL(P_i || P_j). */
function faceDivergences(problem: Problem, counted: Tensor3D): Tensor3D {
  const { spatial } = problem;
  const ofClasses = probabilities(problem);
  const p = problem.classes > 1 ? ofClasses : concat([ofClasses, sub(1, ofClasses)], -1);
  const grid = nextTo(spatial);
  const distribution = embedded(p as Tensor3D, grid);
  const ofVoxels = embedded(logarithms(problem), grid);
  const valid = embedded(counted, grid);
  const total = folded(zerosLike(valid), faceOffsets(spatial.length), (sofar, offset) => {
    const divergence = sum(mul(distribution, sub(ofVoxels, moved(ofVoxels, grid, offset))), -1, true);
    return add(sofar, mul(divergence, moved(valid, grid, offset)));
  });
  return extracted(total, grid);
}
