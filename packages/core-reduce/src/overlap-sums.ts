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
  type Tensor3D,
  unstack,
  where,
} from "@tensorflow/tfjs-core";
import { type Activated, activate, throughActivation } from "./activation.ts";
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
  name: "LossaryOverlapSums",
  forward(inputs, attributes) {
    const { activated, target, weights } = read(inputs, attributes);
    const { probability, complement } = activated;
    const missing = shortfall(activated, target);
    const terms = attributes.product
      ? [mul(probability, target), mul(probability, sub(1, target)), mul(complement, target)]
      : [minimum(probability, target), maximum(neg(missing), 0), maximum(missing, 0)];
    return stack([...terms, square(missing)].map((term) => sumVoxels(weighed(term as Tensor3D, weights))));
  },
  backward(upstream, inputs, attributes) {
    const { activated, target, weights } = read(inputs, attributes);
    const [batch, , classes] = inputs.predictions.shape;
    const [intersection, falsePositive, falseNegative, squaredError] = unstack(upstream).map((part) =>
      reshape(part, [batch, 1, classes]),
    ) as [Tensor, Tensor, Tensor, Tensor];
    const missing = shortfall(activated, target);
    const inside = attributes.product ? target : slopeOfMinimum(missing, target);
    // dI/dp = h, dFP/dp = 1 - h, dFN/dp = -h, with h = g (product) or [p < g] (semimetric); (1 - h) FP is not split into FP - h FP,
    // whose halves may be large where a false positive costs much and nearly cancel
    const ofOverlap = mul(inside, sub(intersection, falseNegative));
    const slope = add(add(ofOverlap, mul(sub(1, inside), falsePositive)), mul(missing, mul(squaredError, -2)));
    return weighed(throughActivation(slope as Tensor3D, activated, attributes.activation), weights);
  },
};

function read(inputs: KernelInputs, attributes: KernelAttributes) {
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
function slopeOfMinimum(missing: Tensor3D, target: Tensor3D): Tensor3D {
  const below = step(missing);
  const above = step(neg(missing));
  return add(below, mul(target, sub(1, add(below, above))));
}
