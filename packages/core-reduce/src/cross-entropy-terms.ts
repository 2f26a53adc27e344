import {
  add,
  div,
  greater,
  maximum,
  mul,
  neg,
  onesLike,
  pow,
  reshape,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  where,
  zerosLike,
} from "@tensorflow/tfjs-core";
import {
  type Activated,
  activate,
  continuedLogSlope,
  softmaxWithoutTop,
  sumOfOthers,
  throughActivationOfLog,
  topClass,
} from "./activation.ts";
import { fusedCrossEntropy } from "./fused/reductions/cross-entropy.ts";
import type { Kernel, KernelAttributes, KernelInputs } from "./kernel.ts";
import { denseTarget, voxelWeights, weighed, withoutIgnored } from "./targets.ts";

/** The inputs of the cross-entropy kernel: the common ones, and the coefficients of its terms. */
export interface CrossEntropyInputs extends KernelInputs {
  /** a: what the term of a positive costs, `[1 or batch, classes]`. */
  readonly positive: Tensor2D;
  /** b: what the term of a negative costs; left out for exclusive classes. */
  readonly negative?: Tensor2D | undefined;
}

/** What kernels of positive and negative terms are told beside the common attributes. */
export interface TermAttributes extends KernelAttributes {
  /** What smoothing leaves of a target (g' = keep g + spread), and what it gives to every class. */
  readonly keep: number;
  readonly spread: number;
}

/** What the cross-entropy kernel is told. */
export interface CrossEntropyAttributes extends TermAttributes {
  /** The focusing exponent; 0 is cross entropy. */
  readonly gamma: number;
  /**
   * The power that stands on each logarithm, above 0.
   * @defaultValue `1`
   */
  readonly power?: number;
}

/**
 * The voxel map m, `[batch, voxels]`, of
 * v sum_c [a_c g'_c (1 - p_c)^gamma (-ln p_c) + b_c (1 - g'_c) p_c^gamma (-ln (1 - p_c))].
 */
export const crossEntropyKernel: Kernel<CrossEntropyInputs, CrossEntropyAttributes> = {
  fused: fusedCrossEntropy,
  forward(inputs, attributes) {
    const { activated, positive, negative, weights } = readTerms(inputs, attributes);
    const ofPositives = mul(positive, surprise(activated, attributes.gamma));
    const terms = negative
      ? add(ofPositives, mul(negative, surprise(exchanged(activated), attributes.gamma)))
      : ofPositives;
    const map = sum(terms, -1) as Tensor2D;
    return weights ? mul(map, weights) : map;
  },
  backward(upstream, inputs, attributes) {
    const terms = readTerms(inputs, attributes);
    const [batch, voxels] = upstream.shape as [number, number];
    return weighed(mul(gradientOfTerms(terms, attributes), reshape(upstream, [batch, voxels, 1])), terms.weights);
  },
};

/** (1 - p)^gamma (-ln p)^power. */
export function surprise({ complement, logProbability }: Activated, gamma: number, exponent = 1): Tensor3D {
  const minusLog = neg(logProbability());
  return focal(complement, gamma, exponent === 1 ? minusLog : power(minusLog, exponent));
}

/** 1 - p in the place of p. */
export function exchanged(activated: Activated): Activated {
  return {
    probability: activated.complement,
    complement: activated.probability,
    logProbability: activated.logComplement,
    logComplement: activated.logProbability,
  };
}

/** What the gradient of the terms is made of: positive is a g', negative b (1 - g'). */
export interface CrossEntropyParts {
  readonly activated: Activated;
  readonly predictions: Tensor3D;
  readonly positive: Tensor3D;
  readonly negative?: Tensor3D | undefined;
}

/** The gradient of the sum of a voxel's terms with respect to its predictions, without its weight. */
export function gradientOfTerms(parts: CrossEntropyParts, attributes: CrossEntropyAttributes): Tensor3D {
  const { activated, positive, negative, predictions } = parts;
  const h: Tensor3D = mul(positive, slopeOfPositives(activated, attributes));
  const ofPositives = throughActivationOfLog(h, activated, attributes.activation);
  if (!negative) return ofPositives;
  return add(ofPositives, gradientOfNegatives(negative, activated, predictions, attributes));
}

/** Activation, target and coefficients of each element, `[batch, voxels, classes]`, with nothing left of ignored voxels. */
export function readTerms(inputs: CrossEntropyInputs, attributes: TermAttributes) {
  const weights = voxelWeights(inputs, attributes);
  const predictions = withoutIgnored(inputs.predictions, weights);
  const hard = withoutIgnored(denseTarget(inputs), weights);
  const target = add(mul(hard, attributes.keep), attributes.spread);
  const coefficient = (a: Tensor2D) => reshape(a, [a.shape[0], 1, a.shape[1]]);
  return {
    predictions,
    hard,
    weights,
    activated: activate(predictions, attributes.activation),
    positive: mul(coefficient(inputs.positive), target) as Tensor3D,
    negative: inputs.negative && (mul(coefficient(inputs.negative), sub(1, target)) as Tensor3D),
  };
}

/** base^gamma x value; the power is left out where it is 1. */
function focal(base: Tensor3D, gamma: number, value: Tensor): Tensor3D {
  return (gamma === 0 ? value : mul(power(base, gamma), value)) as Tensor3D;
}

function power(base: Tensor3D, gamma: number): Tensor3D {
  return pow(maximum(base, 0), gamma);
}

/** Below it float32 has no normal numbers, and a power below 0 may overflow. */
const smallestNormal = 1.2e-38;

/** The derivative of x^exponent; below an exponent of 1 it is 0 where x is 0: what is perfect has nothing left to learn. */
function slopeOfPower(x: Tensor3D, exponent: number): Tensor3D {
  const slope = mul(pow(maximum(x, smallestNormal), exponent - 1), exponent);
  return where(greater(x, smallestNormal), slope, zerosLike(slope)) as Tensor3D;
}

/**
 * h = p d/dp [q^gamma (-ln p)] with q = 1 - p: h = -q^gamma (1 + gamma p r), r = -ln p / q. r tends to 1 at p = 1, where
 * gamma q^(gamma - 1) ln p would be infinity times zero for gamma below 1. Without an activation h is d/dp itself.
 */
function slopeOfPositives(activated: Activated, attributes: CrossEntropyAttributes): Tensor3D {
  const { gamma, activation, power: exponent = 1 } = attributes;
  const { probability, complement, logProbability } = activated;
  const ofLog = activation === "none" ? continuedLogSlope(probability) : onesLike(probability);
  if (exponent !== 1) return neg(mul(ofLog, slopeOfPower(neg(logProbability()), exponent)));
  if (gamma === 0) return neg(ofLog);
  // finite where both sides vanish, far below what float32 probabilities resolve
  const ratio = div(neg(logProbability()), maximum(complement, 1e-30));
  const ofPower = mul(activation === "none" ? ratio : mul(probability, ratio), gamma);
  return neg(mul(power(complement, gamma), add(ofLog, ofPower)));
}

/** The gradient of sum_c b_c p_c^gamma (-ln (1 - p_c)): that of the positives with p and 1 - p exchanged, but for softmax. */
function gradientOfNegatives(
  negative: Tensor3D,
  activated: Activated,
  predictions: Tensor3D,
  attributes: CrossEntropyAttributes,
): Tensor3D {
  if (attributes.activation === "softmax")
    return gradientOfSoftmaxNegatives(negative, activated, predictions, attributes.gamma);
  const ofComplement = exchanged(activated);
  const h: Tensor3D = mul(negative, slopeOfPositives(ofComplement, attributes));
  return neg(throughActivationOfLog(h, ofComplement, attributes.activation));
}

/**
 * With W_c = b_c p_c^gamma, the logarithm gives p_k W_k - p_k sum_{c != k} W_c p_c / (1 - p_c). For the largest class p_c / (1 - p_c)
 * may overflow; there p_k / (1 - p_c) is the softmax over the other classes. The power gives h = gamma b_c p_c^gamma (-ln (1 - p_c)).
 */
function gradientOfSoftmaxNegatives(
  negative: Tensor3D,
  activated: Activated,
  predictions: Tensor3D,
  gamma: number,
): Tensor3D {
  const { probability, complement, logComplement } = activated;
  const top = topClass(predictions);
  const weight = gamma === 0 ? negative : mul(negative, power(probability, gamma));
  const odds = div(probability, add(complement, top));
  const ofOthers = mul(probability, sumOfOthers(mul(mul(weight, odds), sub(1, top))));
  const weightOfTop = sum(mul(mul(weight, probability), top), -1, true);
  const ofLog = sub(sub(mul(weight, probability), ofOthers), mul(softmaxWithoutTop(predictions, top), weightOfTop));
  if (gamma === 0) return ofLog as Tensor3D;
  const h = mul(mul(weight, neg(logComplement())), gamma) as Tensor3D;
  return add(ofLog, throughActivationOfLog(h, activated, "softmax"));
}
