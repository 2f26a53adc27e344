import { detached } from "@lossary/core-reduce";
import {
  abs,
  add,
  cast,
  clipByValue,
  concat,
  cosh,
  div,
  equal,
  exp,
  greaterEqual,
  log,
  log1p,
  logSoftmax,
  losses,
  matMul,
  maximum,
  mean,
  min,
  mul,
  neg,
  oneHot,
  pow,
  reshape,
  sigmoid,
  slice,
  softmax,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  tensor1d,
  tensor2d,
  topk,
} from "@tensorflow/tfjs-core";
import type { Problem } from "./problems.ts";

/** A loss of labels and logits. */
export type Loss = (labels: Tensor, logits: Tensor) => Tensor;

/** The losses as one writes them down from their formulas with the ops of tfjs. */
export const composed: Readonly<Record<string, (problem: Problem) => Loss>> = {
  diceLoss: (problem) => (labels, logits) => dice(problem, labels, logits),
  tverskyLoss: (problem) => (labels, logits) => mean(sub(1, tversky(probabilitiesAndTruth(problem, labels, logits)))),
  crossEntropyLoss: (problem) => (labels, logits) => mean(crossEntropy(problem, labels, logits)),
  focalLoss: (problem) => (labels, logits) => focal(problem, labels, logits),
  focalTverskyLoss: (problem) => (labels, logits) =>
    mean(pow(sub(1, tversky(probabilitiesAndTruth(problem, labels, logits))), 0.75)),
  generalizedDiceLoss: (problem) => (labels, logits) => generalizedDice(problem, labels, logits),
  generalizedWassersteinDiceLoss: (problem) => (labels, logits) => {
    const { p, g } = probabilitiesAndTruth(problem, labels, logits);
    const { classes } = problem;
    const between = (k: number, l: number) => Math.abs(k - l) / (classes - 1);
    const distances = Array.from({ length: classes }, (_, k) =>
      Array.from({ length: classes }, (_, l) => between(k, l)),
    );
    const rows = reshape(p, [-1, classes]) as never;
    const distant = mul(g, reshape(matMul(rows, tensor2d(distances)), [...problem.shape]));
    const isForeground = tensor1d(Array.from({ length: classes }, (_, k) => Math.min(k, 1)));
    const right = sum(mul(sub(g, distant), isForeground), allButBatch(problem));
    const errors = sum(distant, allButBatch(problem));
    return mean(sub(1, div(add(mul(2, right), smooth), add(add(mul(2, right), errors), smooth))));
  },
  iouLoss: (problem) => (labels, logits) => {
    const { overlap, sizes } = overlaps(problem, labels, logits);
    return mean(sub(1, div(add(overlap, smooth), add(sub(sizes, overlap), smooth))));
  },
  logCoshDiceLoss: (problem) => (labels, logits) =>
    mean(log(cosh(sub(1, diceScores(problem, labels, logits, smooth))))),
  matthewsCorrelationLoss: (problem) => (labels, logits) => {
    const { p, g } = probabilitiesAndTruth(problem, labels, logits);
    const ofVoxels = (a: Tensor, b: Tensor) => sum(mul(a, b), spatialAxes(problem));
    const [outside, unlabelled] = [sub(1, p), sub(1, g)];
    const [tp, tn] = [add(ofVoxels(p, g), smooth), add(ofVoxels(outside, unlabelled), smooth)];
    const [fp, fn] = [ofVoxels(p, unlabelled), ofVoxels(outside, g)];
    const root = (a: Tensor, b: Tensor) => sqrt(add(a, b));
    const roots = mul(mul(root(tp, fp), root(tp, fn)), mul(root(tn, fp), root(tn, fn)));
    return mean(sub(1, div(sub(mul(tp, tn), mul(fp, fn)), roots)));
  },
  noiseRobustDiceLoss: (problem) => (labels, logits) => {
    const { p, g } = probabilitiesAndTruth(problem, labels, logits);
    const axes = spatialAxes(problem);
    const squares = add(sum(square(p), axes), sum(square(g), axes));
    return mean(div(sum(pow(abs(sub(p, g)), 1.5), axes), add(squares, smooth)));
  },
  sensitivitySpecificityLoss: (problem) => (labels, logits) => {
    const { p, g } = probabilitiesAndTruth(problem, labels, logits);
    const axes = spatialAxes(problem);
    const errors = square(sub(p, g));
    const within = (side: Tensor) => div(sum(mul(errors, side), axes), add(sum(side, axes), smooth));
    return mean(add(mul(0.05, within(g)), mul(0.95, within(sub(1, g)))));
  },
  balancedCrossEntropyLoss: (problem) => (labels, logits) => {
    const axes = spatialAxes(problem);
    const share = (g: Tensor) => clipByValue(mean(sub(1, g), axes, true), 0.01, 0.99);
    return balanced(problem, labels, logits, share);
  },
  polyCrossEntropyLoss: (problem) => (labels, logits) => {
    const entropy = crossEntropy(problem, labels, logits);
    return mean(add(entropy, sub(1, exp(neg(entropy)))));
  },
  topKLoss: (problem) => (labels, logits) => topKMean(crossEntropy(problem, labels, logits)),
  weightedCrossEntropyLoss: (problem) => (labels, logits) => {
    const weights = fillOfClasses(problem, 2);
    if (problem.classes === 1) return mean(mul(weights, crossEntropy(problem, labels, logits)));
    return neg(mean(sum(mul(weights, mul(dense(problem, labels), logSoftmax(logits))), -1)));
  },
  asymmetricUnifiedFocalLoss: (problem) => (labels, logits) => unifiedFocal(problem, labels, logits, true),
  symmetricUnifiedFocalLoss: (problem) => (labels, logits) => unifiedFocal(problem, labels, logits, false),
  comboLoss: (problem) => (labels, logits) =>
    add(
      mul(
        0.5,
        balanced(problem, labels, logits, () => 0.5),
      ),
      mul(0.5, mean(sub(1, diceScores(problem, labels, logits, 1)))),
    ),
  diceCrossEntropyLoss: (problem) => (labels, logits) =>
    add(dice(problem, labels, logits), mean(crossEntropy(problem, labels, logits))),
  diceFocalLoss: (problem) => (labels, logits) => add(dice(problem, labels, logits), focal(problem, labels, logits)),
  diceTopKLoss: (problem) => (labels, logits) =>
    add(dice(problem, labels, logits), topKMean(crossEntropy(problem, labels, logits))),
  exponentialLogarithmicLoss: (problem) => (labels, logits) => {
    const ofDice = mean(pow(neg(log(diceScores(problem, labels, logits, 1))), 0.3));
    const raised = pow(crossEntropy(problem, labels, logits), 0.3);
    if (problem.classes === 1) return add(mul(0.8, ofDice), mul(0.2, mean(raised)));
    const g = dense(problem, labels);
    const sizes = sum(g, allButClasses(problem));
    const ofVoxel = sum(mul(sqrt(div(sum(sizes), sizes)), g), -1);
    return add(mul(0.8, ofDice), mul(0.2, mean(mul(ofVoxel, raised))));
  },
  generalizedDiceFocalLoss: (problem) => (labels, logits) =>
    add(generalizedDice(problem, labels, logits), focal(problem, labels, logits)),
};

/** The losses that tfjs brings along. */
export const builtIn: Readonly<Record<string, (problem: Problem) => Loss>> = {
  crossEntropyLoss: (problem) => (labels, logits) => {
    const g = dense(problem, labels);
    if (problem.classes === 1) return losses.sigmoidCrossEntropy(g, logits);
    const rows = [-1, problem.classes];
    return losses.softmaxCrossEntropy(reshape(g, rows), reshape(logits, rows));
  },
};

const smooth = 1e-5;

interface Pair {
  readonly p: Tensor;
  readonly g: Tensor;
  readonly axes: number[];
}

function probabilitiesAndTruth(problem: Problem, labels: Tensor, logits: Tensor): Pair {
  const p = problem.classes === 1 ? sigmoid(logits) : softmax(logits);
  return { p, g: dense(problem, labels), axes: spatialAxes(problem) };
}

function dense({ target, classes, shape }: Problem, labels: Tensor): Tensor {
  if (target === "one-hot") return labels;
  if (classes === 1) return reshape(cast(equal(labels, 1), "float32"), [...shape]);
  return cast(oneHot(labels as never, classes), "float32");
}

function overlaps(problem: Problem, labels: Tensor, logits: Tensor): { overlap: Tensor; sizes: Tensor } {
  const { p, g, axes } = probabilitiesAndTruth(problem, labels, logits);
  return { overlap: sum(mul(p, g), axes), sizes: add(sum(p, axes), sum(g, axes)) };
}

function diceScores(problem: Problem, labels: Tensor, logits: Tensor, smooth: number): Tensor {
  const { overlap, sizes } = overlaps(problem, labels, logits);
  return div(add(mul(2, overlap), smooth), add(sizes, smooth));
}

function dice(problem: Problem, labels: Tensor, logits: Tensor): Tensor {
  return mean(sub(1, diceScores(problem, labels, logits, smooth)));
}

function tversky({ p, g, axes }: Pair, ofFalsePositives = 0.3, ofFalseNegatives = 0.7): Tensor {
  const overlap = sum(mul(p, g), axes);
  const falsePositives = sum(mul(p, sub(1, g)), axes);
  const falseNegatives = sum(mul(sub(1, p), g), axes);
  const sizes = add(overlap, add(mul(ofFalsePositives, falsePositives), mul(ofFalseNegatives, falseNegatives)));
  return div(add(overlap, smooth), add(sizes, smooth));
}

function generalizedDice(problem: Problem, labels: Tensor, logits: Tensor): Tensor {
  const { p, g, axes } = probabilitiesAndTruth(problem, labels, logits);
  const sizes = sum(g, axes);
  const weights = div(1, square(maximum(sizes, 1)));
  const overlap = sum(mul(weights, sum(mul(p, g), axes)), -1);
  const whole = sum(mul(weights, add(sum(p, axes), sizes)), -1);
  return mean(sub(1, div(add(mul(2, overlap), smooth), add(whole, smooth))));
}

/** Of each voxel. */
function crossEntropy(problem: Problem, labels: Tensor, logits: Tensor): Tensor {
  const g = dense(problem, labels);
  if (problem.classes > 1) return neg(sum(mul(g, logSoftmax(logits)), -1));
  return add(sub(maximum(logits, 0), mul(logits, g)), log1p(exp(neg(abs(logits)))));
}

function focal(problem: Problem, labels: Tensor, logits: Tensor): Tensor {
  const { p, g } = probabilitiesAndTruth(problem, labels, logits);
  const agreement = problem.classes === 1 ? add(mul(p, g), mul(sub(1, p), sub(1, g))) : sum(mul(p, g), -1);
  return mean(mul(pow(sub(1, agreement), 2), neg(log(add(agreement, 1e-7)))));
}

/** Each channel against the rest, with a share of the weight for positives. */
function balanced(problem: Problem, labels: Tensor, logits: Tensor, shareOf: (g: Tensor) => Tensor | number): Tensor {
  const { p, g } = probabilitiesAndTruth(problem, labels, logits);
  const share = shareOf(g);
  const positive = mul(share, mul(g, log(add(p, 1e-7))));
  const negative = mul(sub(1, share), mul(sub(1, g), log(add(sub(1, p), 1e-7))));
  return neg(mean(add(positive, negative)));
}

/** The mean of the largest tenth. */
function topKMean(entropy: Tensor): Tensor {
  const count = Math.max(1, Math.round(0.1 * entropy.size));
  const isHard = detached(() => {
    const values = reshape(entropy, [-1]);
    return cast(greaterEqual(values, min(topk(values, count).values)), "float32");
  });
  return div(sum(mul(isHard, reshape(entropy, [-1]))), sum(isHard));
}

function unifiedFocal(problem: Problem, labels: Tensor, logits: Tensor, isAsymmetric: boolean): Tensor {
  const [delta, gamma] = [0.6, 0.5];
  const given = probabilitiesAndTruth(problem, labels, logits);
  const withBackground = (of: Tensor) => (problem.classes === 1 ? concat([sub(1, of), of], -1) : of);
  const [p, g] = [withBackground(given.p), withBackground(given.g)];
  const entropy = neg(mul(g, log(add(p, 1e-7))));
  const modulated = mul(pow(sub(1, p), gamma), entropy);
  const background = mul(1 - delta, channels(modulated, 0, 1));
  const foreground = mul(delta, sum(channels(isAsymmetric ? entropy : modulated, 1), -1, true));
  const misses = sub(1, tversky({ p, g, axes: given.axes }, 1 - delta, delta));
  const raised = pow(misses, 1 - gamma);
  const ofTversky = concat([channels(isAsymmetric ? misses : raised, 0, 1), channels(raised, 1)], -1);
  return add(mul(0.5, mean(add(background, foreground))), mul(0.5, mean(ofTversky)));
}

function channels(of: Tensor, first: number, count = -1): Tensor {
  return slice(
    of,
    of.shape.map((_, axis) => (axis === of.rank - 1 ? first : 0)),
    of.shape.map((_, axis) => (axis === of.rank - 1 ? count : -1)),
  );
}

function fillOfClasses({ classes }: Problem, value: number): Tensor {
  return tensor1d(new Array(classes).fill(value));
}

function spatialAxes({ shape }: Problem): number[] {
  return shape.slice(1, -1).map((_, axis) => axis + 1);
}

function allButBatch({ shape }: Problem): number[] {
  return shape.slice(1).map((_, axis) => axis + 1);
}

function allButClasses({ shape }: Problem): number[] {
  return shape.slice(0, -1).map((_, axis) => axis);
}
