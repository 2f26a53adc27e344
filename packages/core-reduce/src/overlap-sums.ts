import {
  add,
  greaterEqual,
  maximum,
  minimum,
  mul,
  neg,
  reshape,
  square,
  stack,
  step,
  sub,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  unstack,
  where,
} from "@tensorflow/tfjs-core";
import { type Activated, activate, throughActivation } from "./activation.ts";
import { fusedOverlapSums } from "./fused/reductions/overlap-sums.ts";
import type { Kernel, KernelAttributes, KernelInputs } from "./kernel.ts";
import { sumVoxels } from "./sum-voxels.ts";
import { denseTarget, voxelWeights, weighed, withoutIgnored } from "./targets.ts";

/** What the overlap kernel is told beside the common attributes. */
export interface OverlapAttributes extends KernelAttributes {
  /** Whether p g takes the place of min(p, g). */
  readonly product: boolean;
}

/**
 * The sums that every ratio loss is made of, `[4, batch, classes]`: I, FP, FN and E.
 *
 * Semimetric: I = sum v min(p, g), FP = sum v max(p - g, 0), FN = sum v max(g - p, 0).
 * Product: I = sum v p g, FP = sum v p (1 - g), FN = sum v (1 - p) g. Equal for hard targets. E = sum v (p - g)^2.
 *
 * FP and FN are summed, not derived from sum p - I: a nearly perfect prediction would lose all digits of its loss in that difference.
 */
export const overlapSumsKernel: Kernel<KernelInputs, OverlapAttributes> = {
  fused: fusedOverlapSums,
  forward(inputs, attributes) {
    const { activated, target, weights } = readOverlap(inputs, attributes);
    return stack(overlapTerms(activated, target, attributes.product).map((term) => sumVoxels(weighed(term, weights))));
  },
  backward(upstream, inputs, attributes) {
    const { activated, target, weights } = readOverlap(inputs, attributes);
    const slope = slopeOfOverlap(unstack(upstream) as Tensor2D[], activated, target, attributes.product);
    return weighed(throughActivation(slope, activated, attributes.activation), weights);
  },
};

/** What is summed for I, FP, FN and E, each `[batch, voxels, classes]`. */
export function overlapTerms(activated: Activated, target: Tensor3D, product: boolean): Tensor3D[] {
  const { probability, complement } = activated;
  const missing = shortfall(activated, target);
  const terms = product
    ? [mul(probability, target), mul(probability, sub(1, target)), mul(complement, target)]
    : [minimum(probability, target), maximum(neg(missing), 0), maximum(missing, 0)];
  return [...terms, square(missing)] as Tensor3D[];
}

/** The derivative with respect to p, given those with respect to I, FP, FN and E, each `[batch, classes]`. */
export function slopeOfOverlap(
  upstream: readonly Tensor2D[],
  activated: Activated,
  target: Tensor3D,
  product: boolean,
): Tensor3D {
  const [intersection, falsePositive, falseNegative, squaredError] = upstream.map((part) =>
    reshape(part, [part.shape[0], 1, part.shape[1]]),
  ) as [Tensor, Tensor, Tensor, Tensor];
  const missing = shortfall(activated, target);
  const inside = product ? target : slopeOfMinimum(missing, target);
  // dI/dp = h, dFP/dp = 1 - h, dFN/dp = -h, with h = g (product) or [p < g] (semimetric); (1 - h) FP is not split into FP - h FP,
  // whose halves may be large where a false positive costs much and nearly cancel
  const ofOverlap = mul(inside, sub(intersection, falseNegative));
  return add(add(ofOverlap, mul(sub(1, inside), falsePositive)), mul(missing, mul(squaredError, -2)));
}

/** Activation, target and weights of a problem, with nothing left of ignored voxels. */
export function readOverlap(inputs: KernelInputs, attributes: KernelAttributes) {
  const weights = voxelWeights(inputs, attributes);
  const predictions = withoutIgnored(inputs.predictions, weights);
  const target = withoutIgnored(denseTarget(inputs), weights);
  return { activated: activate(predictions, attributes.activation), target, weights };
}

/** g - p, from the complement where g is large, so that p near 1 keeps its digits. */
export function shortfall({ probability, complement }: Activated, target: Tensor3D): Tensor3D {
  return where(greaterEqual(target, 0.5), sub(complement, sub(1, target)), sub(target, probability));
}

/** The derivative of min(p, g): 1 below g, 0 above, and g at p = g, the limit that a hard target has. */
export function slopeOfMinimum(missing: Tensor3D, target: Tensor3D): Tensor3D {
  const below = step(missing);
  const above = step(neg(missing));
  return add(below, mul(target, sub(1, add(below, above))));
}
