import { type Problem, probabilities, safeDivide, spacingOf, sumVoxels, withoutBackground } from "@lossary/core-reduce";
import { distanceMap } from "@lossary/distance-map";
import {
  abs,
  add,
  expandDims,
  mul,
  reshape,
  slice,
  step,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
} from "@tensorflow/tfjs-core";
import { expectReadable, givenField } from "./class-field.ts";
import { contourRequest, outsideContours } from "./contour-distance-map.ts";
import { classMasks, contours, countedVoxels, targetOf } from "./masks.ts";

/** What the factor is told beside the problem. */
export interface ShapeAwareness {
  readonly distanceWeight: number;
  readonly distanceUnit: "spacing" | "diagonal";
  readonly spacing: number | readonly number[];
  readonly distanceMap: Tensor | undefined;
  readonly includeBackground: boolean;
}

/** 1 + w E at misclassified voxels, 1 elsewhere, `[batch, voxels]`. */
export function misclassificationFactor(problem: Problem, options: ShapeAwareness): Tensor2D {
  const { batch, voxels, multiLabel } = problem;
  const counted = countedVoxels(problem);
  // the largest logit is the largest probability, and logits far apart do not become equal by rounding
  const decided = multiLabel || problem.classes === 1 ? probabilities(problem) : problem.predictions;
  const predicted = classMasks(decided, problem);
  const labelled = classMasks(targetOf(problem), problem);
  const differences = abs(sub(predicted, labelled)) as Tensor3D;
  const first = multiLabel && !options.includeBackground ? 1 : 0;
  const deciding = slice(differences, [0, 0, first], [-1, -1, -1]);
  const wrong = mul(step(sum(deciding, -1, true)), counted) as Tensor3D;
  const someWrong = step(sumVoxels(wrong));
  const errors = mul(contourErrors(problem, options, contours(predicted, counted, problem.spatial)), someWrong);
  const ofVoxels = mul(wrong, mul(expandDims(errors, 1), options.distanceWeight));
  return add(reshape(ofVoxels, [batch, voxels]), 1);
}

/** E: the mean over the classes with a contour of the mean distance from the predicted to the true one, `[batch, 1]`. */
function contourErrors(problem: Problem, options: ShapeAwareness, found: Tensor3D): Tensor2D {
  const taking = (sums: Tensor2D) => (options.includeBackground ? sums : withoutBackground(sums));
  const outside = outsideContours(problem);
  const spacing = spacingOf(problem, options.spacing);
  const diagonal = Math.hypot(...problem.spatial.map((side, axis) => side * (spacing[axis] as number)));
  const length = taking(sumVoxels(found));
  const lengthOfTruth = taking(sumVoxels(reshape(sub(1, outside), found.shape)));
  const sumOfDistances = taking(sumVoxels(mul(found, distances(problem, options, outside))));
  const both = mul(step(length), step(lengthOfTruth));
  const ofClasses = add(mul(both, safeDivide(sumOfDistances, length)), mul(sub(1, both), diagonal));
  const either = step(add(length, lengthOfTruth));
  const classes = sum(either, 1, true);
  const mean = add(safeDivide(sum(mul(ofClasses, either), 1, true), classes), mul(sub(1, step(classes)), diagonal));
  return mul(mean, options.distanceUnit === "diagonal" ? 1 / diagonal : 1) as Tensor2D;
}

/** The distance of each voxel to the true contours. */
function distances(problem: Problem, options: ShapeAwareness, outside: Tensor): Tensor3D {
  if (options.distanceMap !== undefined) return givenField(problem, options.distanceMap);
  expectReadable(problem);
  const { batch, voxels, classes } = problem;
  return reshape(distanceMap(outside, contourRequest(problem, options.spacing)), [batch, voxels, classes]);
}
