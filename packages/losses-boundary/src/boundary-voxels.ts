import {
  detached,
  faceDivergences,
  joinChannels,
  logProbabilities,
  offBoundary,
  type Problem,
  probabilities,
  refuse,
  restoreSpatial,
  selectAlike,
} from "@lossary/core-reduce";
import { distanceMap } from "@lossary/distance-map";
import {
  add,
  cast,
  concat,
  maximum,
  mul,
  reshape,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  tidy,
  zeros,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { expectReadable } from "./class-field.ts";
import { contourRequest } from "./contour-distance-map.ts";
import { folded } from "./folded.ts";
import { embedded, extracted, moved, nextTo } from "./grid.ts";
import { contour, countedMap, countedVoxels, masksOfLabels } from "./masks.ts";
import { faceOffsets } from "./neighbours.ts";

/** ln P of the voxels, `[batch, voxels, classes]`, constant; one channel stands for p and 1 - p. */
export function logarithms(problem: Problem): Tensor3D {
  const { logProbability, logComplement } = logProbabilities(problem);
  return problem.classes > 1 ? logProbability() : detached(() => joinChannels([logProbability(), logComplement()]));
}

/** M, the distance of each voxel to the true boundary, `[batch, voxels, 1]`. */
export function boundaryDistance(
  problem: Problem,
  weights: Tensor2D | undefined,
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
    const off = offBoundary(problem, weights, () => sub(1, trueBoundary(problem)) as Tensor3D);
    return reshape(distanceMap(restoreSpatial(off, problem), contourRequest(problem, spacing)), shape);
  });
}

/** 1 on the boundary between the classes, or between one class and the rest, `[batch, voxels, 1]`. */
function trueBoundary(problem: Problem): Tensor3D {
  const counted = countedMap(problem);
  const masks = masksOfLabels(problem);
  const regions =
    problem.classes > 1
      ? Array.from({ length: problem.classes }, (_, label) => () => masks(label))
      : [() => masks(0), () => sub(1, masks(0)) as Tensor3D];
  return folded(zeros([problem.batch, problem.voxels, 1]), regions, (boundary, region) =>
    maximum(boundary, contour(region(), counted, problem)),
  );
}

/**
 * Turns are equal that differ by less than a ten-thousandth of themselves, or by less than a tenth of `least`, the smallest sum of divergences that makes a
 * boundary. Of a symmetric image many are, but for rounding.
 */
const alike = { share: 1e-4, difference: 1e-6, least: 1e-5 };

/** 1 on the predicted boundary, `[batch, voxels, 1]`: where the distributions turn most, and wherever they turn as much as at the last of these places. */
export function predictedBoundary(
  problem: Problem,
  share: number,
  { distributions, weights }: { distributions: Tensor3D | undefined; weights: Tensor2D | undefined },
): Tensor3D {
  const { batch, voxels, spatial, fused } = problem;
  const turns = distributions ? faceDivergences({ distributions, weights }, spatial) : visitedDivergences(problem);
  return reshape(selectAlike(turns, weights, share * 100, alike, fused), [batch, voxels, 1]);
}

/** The sum over the face neighbours that count of KL(P_i || P_j), `[batch, voxels]`. */
function visitedDivergences(problem: Problem): Tensor2D {
  const { batch, voxels, spatial, classes } = problem;
  const grid = nextTo(spatial);
  const distribution = tidy(() => {
    const p = probabilities(problem);
    return embedded(classes > 1 ? p : (concat([p, sub(1, p)], -1) as Tensor3D), grid);
  });
  const ofVoxels = embedded(logarithms(problem), grid);
  const counted = countedVoxels(problem);
  const valid = embedded(counted, grid);
  const total = folded(zerosLike(valid), faceOffsets(spatial.length), (sofar, offset) => {
    const steps = tidy(() => sub(ofVoxels, moved(ofVoxels, grid, offset)));
    const divergence = sum(mul(distribution, steps), -1, true);
    return add(sofar, mul(divergence, moved(valid, grid, offset)));
  });
  return reshape(mul(extracted(total, grid), counted), [batch, voxels]) as Tensor2D;
}
