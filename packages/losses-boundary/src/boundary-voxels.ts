import {
  type DistributionInputs,
  detached,
  faceDivergences,
  joinChannels,
  logProbabilities,
  type Problem,
  refuse,
  restoreSpatial,
  selectLargest,
} from "@lossary/core-reduce";
import { distanceMap } from "@lossary/distance-map";
import {
  add,
  cast,
  concat,
  fill,
  greater,
  greaterEqual,
  maximum,
  min,
  mul,
  reshape,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  tidy,
  where,
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
    const outside = tidy(() => restoreSpatial(sub(1, trueBoundary(problem)), problem));
    return reshape(distanceMap(outside, contourRequest(problem, spacing)), shape);
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

/** The smallest sum of divergences that makes a boundary. */
const smallestTurn = 1e-5;

/**
 * Turns that differ by less than a ten-thousandth of themselves, or by less than a tenth of the smallest, are equal. Of a symmetric image many are,
 * but for rounding, which is another on every backend and must not choose between them.
 */
const alike = { share: 1e-4, difference: 1e-6 };

/** Beyond every turn. */
const highest = 1e30;

/** 1 on the predicted boundary, `[batch, voxels, 1]`: where the distributions turn most, and wherever they turn as much as at the last of these places. */
export function predictedBoundary(problem: Problem, share: number, inputs: DistributionInputs): Tensor3D {
  const { batch, voxels } = problem;
  const counted = countedVoxels(problem);
  const turns = turnsOf(problem, counted, inputs);
  const row = (values: Tensor) => reshape(values, [batch, voxels]) as Tensor2D;
  const chosen = reshape(selectLargest(row(turns), row(counted), share * 100, problem.fused), counted.shape);
  const last = min(where(greater(chosen, 0), turns, fill(turns.shape, highest)), 1, true);
  const edge = sub(mul(last, 1 - alike.share), alike.difference);
  return mul(cast(greaterEqual(sub(turns, edge), 0), "float32"), cast(greater(turns, smallestTurn), "float32"));
}

/** How much each voxel turns towards its face neighbours, `[batch, voxels, 1]`. */
function turnsOf(problem: Problem, counted: Tensor3D, inputs: DistributionInputs): Tensor3D {
  const { spatial, fused } = problem;
  const turns = faceDivergences(
    inputs,
    spatial,
    fused,
    () =>
      reshape(mul(visitedDivergences(problem, counted, inputs), counted), [problem.batch, problem.voxels]) as Tensor2D,
  );
  return reshape(turns, counted.shape);
}

/** The sum over the face neighbours that count of KL(P_i || P_j). */
function visitedDivergences(
  { spatial, classes }: Problem,
  counted: Tensor3D,
  { predictions: p, logarithms }: DistributionInputs,
): Tensor3D {
  const grid = nextTo(spatial);
  const distribution = tidy(() => {
    return embedded(classes > 1 ? p : (concat([p, sub(1, p)], -1) as Tensor3D), grid);
  });
  const ofVoxels = embedded(logarithms, grid);
  const valid = embedded(counted, grid);
  const total = folded(zerosLike(valid), faceOffsets(spatial.length), (sofar, offset) => {
    const steps = tidy(() => sub(ofVoxels, moved(ofVoxels, grid, offset)));
    const divergence = sum(mul(distribution, steps), -1, true);
    return add(sofar, mul(divergence, moved(valid, grid, offset)));
  });
  return extracted(total, grid);
}
