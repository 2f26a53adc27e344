import {
  abs,
  add,
  minimum,
  mul,
  neg,
  pow,
  reshape,
  square,
  stack,
  step,
  sub,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  unstack,
} from "@tensorflow/tfjs-core";
import { type Activated, throughActivation } from "./activation.ts";
import { slopeOfDistance } from "./error-map.ts";
import { fusedOverlapErrorSums } from "./fused/reductions/overlap-error-sums.ts";
import type { BesideArrays } from "./fused/voxel-arrays.ts";
import type { Kernel, KernelAttributes, KernelInputs } from "./kernel.ts";
import { overlapTerms, readOverlap, shortfall, slopeOfMinimum, slopeOfOverlap } from "./overlap-sums.ts";
import { sumVoxels } from "./sum-voxels.ts";
import { weighed } from "./targets.ts";

/** What the kernel is told: which overlap, what is summed beside it, and the exponent of powers, at least 1, so that the gradient is finite. */
export interface OverlapErrorAttributes extends KernelAttributes, BesideArrays {}

/**
 * The sums of overlap, and in the same pass what some losses sum beside them, `[5 or 6, batch, classes]`; one activation serves both.
 *
 * True negatives: sum v min(1 - p, 1 - g), or sum v (1 - p) (1 - g) with `product`. They are what the overlap sums leave of all voxels, but where
 * nearly every voxel is labelled that difference has no digits left. Sides: sum v (p - g)^2 g and sum v (p - g)^2 (1 - g). Powers: sum v |p - g|^exponent.
 */
export const overlapErrorSumsKernel: Kernel<KernelInputs, OverlapErrorAttributes> = {
  fused: fusedOverlapErrorSums,
  forward(inputs, attributes) {
    const { activated, target, weights } = readOverlap(inputs, attributes);
    const terms = [
      ...overlapTerms(activated, target, attributes.product),
      ...termsBeside(activated, target, attributes),
    ];
    return stack(terms.map((term) => sumVoxels(weighed(term as Tensor3D, weights))));
  },
  backward(upstream, inputs, attributes) {
    const { activated, target, weights } = readOverlap(inputs, attributes);
    const parts = unstack(upstream) as Tensor2D[];
    const ofOverlap = slopeOfOverlap(parts.slice(0, 4), activated, target, attributes.product);
    const ofOthers = slopesBeside(activated, target, attributes).map((slope, kind) => {
      const part = parts[4 + kind] as Tensor2D;
      return mul(slope, reshape(part, [part.shape[0], 1, part.shape[1]])) as Tensor3D;
    });
    const slope = ofOthers.reduce((sum, each) => add(sum, each), ofOverlap);
    return weighed(throughActivation(slope, activated, attributes.activation), weights);
  },
};

function termsBeside(activated: Activated, target: Tensor3D, { product, beside, exponent }: BesideArrays): Tensor[] {
  const missing = shortfall(activated, target);
  const unlabelled = sub(1, target) as Tensor3D;
  if (beside === "sides") return [mul(square(missing), target), mul(square(missing), unlabelled)];
  if (beside === "powers") return [pow(abs(missing), exponent)];
  const { complement } = activated;
  return [product ? mul(complement, unlabelled) : minimum(complement, unlabelled)];
}

/** Their derivatives with respect to p. */
function slopesBeside(activated: Activated, target: Tensor3D, { product, beside, exponent }: BesideArrays): Tensor[] {
  const missing = shortfall(activated, target);
  const unlabelled = sub(1, target) as Tensor3D;
  if (beside === "sides") return [target, unlabelled].map((side) => mul(mul(missing, -2), side));
  // min(1 - p, 1 - g) of what is missing the other way round
  if (beside === "trueNegatives") return [neg(product ? unlabelled : slopeOfMinimum(neg(missing), unlabelled))];
  if (exponent === 1) return [slopeOfDistance(missing, target)];
  const side = sub(step(neg(missing)), step(missing));
  return [mul(side, mul(pow(abs(missing), exponent - 1), exponent))];
}
