import {
  add,
  argMax,
  cast,
  div,
  exp,
  eye,
  getBackend,
  log,
  matMul,
  max,
  maximum,
  minimum,
  mul,
  neg,
  oneHot,
  pad,
  reshape,
  sigmoid,
  slice,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
} from "@tensorflow/tfjs-core";
import { logOnePlus } from "./log-one-plus.ts";
import type { Activation } from "./loss.ts";
import { detached } from "./stop-gradient.ts";

/**
 * Probabilities with everything that a closed-form gradient needs to stay exact when they saturate, each `[batch, voxels, classes]`.
 *
 * In float32, 1 - p of a nearly perfect prediction has lost all its digits. So the complement is computed from what it is
 * made of: the sum of the other classes' exponentials (softmax), or the sigmoid of the negated logit.
 */
export interface Activated {
  /** p */
  readonly probability: Tensor3D;
  /** 1 - p */
  readonly complement: Tensor3D;
  /** ln p, from the logits where there are logits */
  readonly logProbability: () => Tensor3D;
  /** ln (1 - p) */
  readonly logComplement: () => Tensor3D;
}

/** Below this, ln p of given probabilities goes on as a straight line: finite, and with a gradient that agrees with the value. */
const smallestProbability = 1e-7;

/** Applies the activation. */
export function activate(x: Tensor3D, activation: Activation): Activated {
  if (activation === "softmax") return softmaxParts(x);
  if (activation === "sigmoid") {
    return {
      probability: sigmoid(x),
      complement: sigmoid(neg(x)),
      logProbability: () => neg(softplus(neg(x))) as Tensor3D,
      logComplement: () => neg(softplus(x)) as Tensor3D,
    };
  }
  const complement = sub(1, x) as Tensor3D;
  return {
    probability: x,
    complement,
    logProbability: () => continuedLog(x),
    logComplement: () => continuedLog(complement),
  };
}

/** The gradient with respect to the predictions, from that with respect to the probabilities. */
export function throughActivation(
  slope: Tensor3D,
  { probability, complement }: Activated,
  activation: Activation,
): Tensor3D {
  if (activation === "none") return slope;
  if (activation === "sigmoid") return mul(mul(probability, complement), slope);
  // p_k sum_c p_c (d_k - d_c), which keeps its digits where p_k (d_k - sum_c p_c d_c) cancels
  return mul(probability, sub(mul(slope, complement), sumOfOthers(mul(probability, slope))));
}

/**
 * The same from h = p dL/dp, for slopes such as -1/p that are finite only after the multiplication.
 * Without an activation there is nothing to multiply by, and h must be dL/dp itself.
 */
export function throughActivationOfLog(
  h: Tensor3D,
  { probability, complement }: Activated,
  activation: Activation,
): Tensor3D {
  if (activation === "none") return h;
  if (activation === "sigmoid") return mul(h, complement);
  return sub(mul(h, complement), mul(probability, sumOfOthers(h)));
}

/** For each class, the sum over all other classes: added up without the class, instead of the total minus the class. */
export function sumOfOthers(values: Tensor3D): Tensor3D {
  const [batch, voxels, classes] = values.shape;
  const rows = reshape(values, [batch * voxels, classes]) as Tensor2D;
  const allButOne = sub(1, eye(classes)) as Tensor2D;
  return reshape(productOf(rows, allButOne), [batch, voxels, classes]);
}

/** The matrix product. WebGL keeps an odd number of classes in pairs, and multiplies what happens to stand in the half that is over. */
function productOf(rows: Tensor2D, square: Tensor2D): Tensor2D {
  const [count, classes] = rows.shape;
  if (getBackend() !== "webgl" || classes % 2 === 0) return matMul(rows, square);
  const product = matMul(
    pad(rows, [
      [0, 0],
      [0, 1],
    ]),
    pad(square, [
      [0, 1],
      [0, 1],
    ]),
  );
  return slice(product, [0, 0], [count, classes]) as Tensor2D;
}

/** ln (1 + e^x) without overflow above and without loss of digits below. */
function softplus(x: Tensor3D): Tensor {
  return add(maximum(x, 0), logOnePlus(exp(neg(maximum(x, neg(x))))));
}

function continuedLog(p: Tensor3D): Tensor3D {
  const line = div(minimum(sub(p, smallestProbability), 0), smallestProbability);
  return add(log(maximum(p, smallestProbability)), line);
}

/** The derivative of the continued logarithm. */
export function continuedLogSlope(p: Tensor3D): Tensor3D {
  return div(1, maximum(p, smallestProbability));
}

function softmaxParts(x: Tensor3D): Activated {
  const top = topClass(x);
  const below = sub(
    x,
    detached(() => max(x, -1, true)),
  ) as Tensor3D;
  const exponentials = exp(below);
  const others = sumOfOthers(exponentials);
  const total = sum(exponentials, -1, true);
  // all classes but the largest, whose exponential is exactly 1: ln(total) = ln(1 + rest) keeps the digits of a small rest
  const logTotal = () => logOnePlus(sum(mul(others, top), -1, true));
  return {
    probability: div(exponentials, total),
    complement: div(others, total),
    logProbability: () => sub(below, logTotal()),
    logComplement: () => {
      const ofTop = mul(top, sub(logOfOthersThanTop(x, top), logTotal()));
      // 1 / (1 - p) = 1 + odds; the odds of all but the largest are at most 1, and as small as their probability
      const odds = div(mul(exponentials, sub(1, top)), add(others, top)) as Tensor3D;
      return sub(ofTop, logOnePlus(odds));
    },
  };
}

/** 1 at the largest logit of each voxel (the first of equals), 0 elsewhere. */
export function topClass(x: Tensor3D): Tensor3D {
  // int32 and then cast: the wasm backend writes the bits of an integer 1 when it is asked for a float one-hot
  return detached(() => cast(oneHot(argMax(x, -1), x.shape[2]), "float32") as Tensor3D);
}

/** ln of all exponentials but the largest, relative to it; they may underflow, so they are taken relative to the second largest. */
function logOfOthersThanTop(x: Tensor3D, top: Tensor3D): Tensor3D {
  const { logSum, second } = withoutTop(x, top);
  const below = sub(
    second,
    detached(() => max(x, -1, true)),
  );
  return add(below, logSum);
}

/** The softmax over all classes but the largest: `[..., classes]`, 0 at the largest. */
export function softmaxWithoutTop(x: Tensor3D, top: Tensor3D): Tensor3D {
  const { exponentials } = withoutTop(x, top);
  return div(exponentials, sum(exponentials, -1, true));
}

function withoutTop(x: Tensor3D, top: Tensor3D) {
  const lowered = sub(mul(x, sub(1, top)), mul(top, 1e30));
  const second = detached(() => max(lowered, -1, true));
  const exponentials = mul(exp(minimum(sub(lowered, second), 0)), sub(1, top)) as Tensor3D;
  return { second, exponentials, logSum: log(sum(exponentials, -1, true)) };
}
