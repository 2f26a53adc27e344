import {
  abs,
  add,
  cast,
  div,
  equal,
  exp,
  log,
  log1p,
  logSoftmax,
  losses,
  maximum,
  mean,
  mul,
  neg,
  oneHot,
  pow,
  reshape,
  sigmoid,
  softmax,
  sub,
  sum,
  type Tensor,
} from "@tensorflow/tfjs-core";
import type { Problem } from "./problems.ts";

/** A loss of labels and logits. */
export type Loss = (labels: Tensor, logits: Tensor) => Tensor;

/** The losses as one writes them down from their formulas with the ops of tfjs. */
export const composed: Readonly<Record<string, (problem: Problem) => Loss>> = {
  diceLoss: (problem) => (labels, logits) => {
    const [p, g] = [activated(problem, logits), dense(problem, labels)];
    const overlap = sum(mul(p, g), spatialAxes(problem));
    const sizes = add(sum(p, spatialAxes(problem)), sum(g, spatialAxes(problem)));
    return mean(sub(1, div(add(mul(2, overlap), 1e-5), add(sizes, 1e-5))));
  },
  tverskyLoss: (problem) => (labels, logits) => {
    const [p, g] = [activated(problem, logits), dense(problem, labels)];
    const axes = spatialAxes(problem);
    const overlap = sum(mul(p, g), axes);
    const falsePositives = sum(mul(p, sub(1, g)), axes);
    const falseNegatives = sum(mul(sub(1, p), g), axes);
    const sizes = add(overlap, add(mul(0.3, falsePositives), mul(0.7, falseNegatives)));
    return mean(sub(1, div(add(overlap, 1e-5), add(sizes, 1e-5))));
  },
  crossEntropyLoss: (problem) => (labels, logits) => {
    const g = dense(problem, labels);
    return problem.classes === 1 ? mean(binary(g, logits)) : neg(mean(sum(mul(g, logSoftmax(logits)), -1)));
  },
  focalLoss: (problem) => (labels, logits) => {
    const [p, g] = [activated(problem, logits), dense(problem, labels)];
    const agreement = problem.classes === 1 ? add(mul(p, g), mul(sub(1, p), sub(1, g))) : sum(mul(p, g), -1);
    return mean(mul(pow(sub(1, agreement), 2), neg(log(add(agreement, 1e-7)))));
  },
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

function activated({ classes }: Problem, logits: Tensor): Tensor {
  return classes === 1 ? sigmoid(logits) : softmax(logits);
}

function dense({ target, classes, shape }: Problem, labels: Tensor): Tensor {
  if (target === "one-hot") return labels;
  if (classes === 1) return reshape(cast(equal(labels, 1), "float32"), [...shape]);
  return cast(oneHot(labels as never, classes), "float32");
}

function spatialAxes({ shape }: Problem): number[] {
  return shape.slice(1, -1).map((_, axis) => axis + 1);
}

function binary(g: Tensor, x: Tensor): Tensor {
  return add(sub(maximum(x, 0), mul(x, g)), log1p(exp(neg(abs(x)))));
}
