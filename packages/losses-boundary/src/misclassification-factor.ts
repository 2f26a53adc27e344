import { channelsOf, type Problem, probabilities, safeDivide, spacingOf, sumVoxels } from "@lossary/core-reduce";
import { distanceMap } from "@lossary/distance-map";
import {
  abs,
  add,
  concat,
  mul,
  reshape,
  slice,
  step,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  tidy,
  zeros,
} from "@tensorflow/tfjs-core";
import { expectReadable, givenField } from "./class-field.ts";
import { contourRequest } from "./contour-distance-map.ts";
import { folded } from "./folded.ts";
import { type ClassMask, contour, countedMap, masksOfClasses, masksOfLabels, times } from "./masks.ts";

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
  const { batch, voxels, multiLabel, classes } = problem;
  const counted = countedMap(problem);
  // the largest logit is the largest probability, and logits far apart do not become equal by rounding
  const decided = multiLabel || classes === 1 ? probabilities(problem) : problem.predictions;
  const masks = { predicted: masksOfClasses(decided, problem), labelled: masksOfLabels(problem), counted };
  const deciding = classNumbers(problem, multiLabel && !options.includeBackground);
  const wrong = tidy(() => {
    const differing = folded(zeros([batch, voxels, 1]), deciding, (sofar, label) =>
      add(sofar, abs(sub(masks.predicted(label), masks.labelled(label)))),
    );
    return times(step(differing), counted);
  });
  const someWrong = step(sumVoxels(wrong, problem.fused));
  const errors = mul(contourErrors(problem, options, masks), someWrong);
  return add(mul(reshape(wrong, [batch, voxels]), mul(errors, options.distanceWeight)), 1);
}

interface Masks {
  readonly predicted: ClassMask;
  readonly labelled: ClassMask;
  /** Nothing where all voxels count. */
  readonly counted: Tensor3D | undefined;
}

function classNumbers({ classes }: Problem, withoutBackground: boolean): number[] {
  return Array.from({ length: classes }, (_, label) => label).slice(withoutBackground ? 1 : 0);
}

/** E: the mean over the classes with a contour of the mean distance from the predicted to the true one, `[batch, 1]`. */
function contourErrors(problem: Problem, options: ShapeAwareness, masks: Masks): Tensor2D {
  const spacing = spacingOf(problem, options.spacing);
  const diagonal = Math.hypot(...problem.spatial.map((side, axis) => side * (spacing[axis] as number)));
  const distances = distancesToContours(problem, options);
  const ofClasses = classNumbers(problem, !options.includeBackground).map((label) =>
    tidy(() => contourSums(problem, masks, distances, label)),
  );
  const column = (at: number) =>
    concat(
      ofClasses.map((sums) => slice(sums, [0, at], [-1, 1])),
      1,
    ) as Tensor2D;
  const [length, lengthOfTruth, sumOfDistances] = [column(0), column(1), column(2)];
  const both = mul(step(length), step(lengthOfTruth));
  const errors = add(mul(both, safeDivide(sumOfDistances, length)), mul(sub(1, both), diagonal));
  const either = step(add(length, lengthOfTruth));
  const classes = sum(either, 1, true);
  const mean = add(safeDivide(sum(mul(errors, either), 1, true), classes), mul(sub(1, step(classes)), diagonal));
  return mul(mean, options.distanceUnit === "diagonal" ? 1 / diagonal : 1) as Tensor2D;
}

/** The length of the predicted contour of a class, that of the true one, and the sum of the distances between them, `[batch, 3]`. */
function contourSums(problem: Problem, masks: Masks, distances: Distances, label: number): Tensor {
  const { predicted, labelled, counted } = masks;
  const truth = contour(labelled(label), counted, problem);
  const found = contour(predicted(label), counted, problem);
  const total = (values: Tensor3D) => sumVoxels(values, problem.fused);
  const ofDistances = tidy(() => total(mul(found, distances(truth, label))));
  return concat([total(found), total(truth), ofDistances], 1);
}

/** The distance of each voxel to the true contour of a class, `[batch, voxels, 1]`. */
type Distances = (truth: Tensor3D, label: number) => Tensor3D;

function distancesToContours(problem: Problem, options: ShapeAwareness): Distances {
  if (options.distanceMap !== undefined) {
    const given = channelsOf(givenField(problem, options.distanceMap));
    return (_truth, label) => given(label);
  }
  expectReadable(problem);
  const request = contourRequest(problem, options.spacing);
  return (truth) => {
    const outside = reshape(sub(1, truth), [problem.batch, ...problem.spatial, 1]);
    return reshape(distanceMap(outside, request), truth.shape);
  };
}
