import { add, mul, neg, reshape, sub, sum, type Tensor, type Tensor2D, type Tensor3D } from "@tensorflow/tfjs-core";
import { throughActivation } from "./activation.ts";
import { type CrossEntropyInputs, readTerms, type TermAttributes } from "./cross-entropy-terms.ts";
import { fusedErrorTerms } from "./fused/reductions/error-terms.ts";
import type { Kernel } from "./kernel.ts";
import { weighed } from "./targets.ts";

/**
 * The voxel map, `[batch, voxels]`, of v sum_c [a_c g'_c (1 - p_c) + b_c (1 - g'_c) p_c]: what is missing from the truth, linearly.
 * A kernel of its own, because 1 - p of a nearly perfect p has digits only where it is made from the logits.
 */
export const errorTermsKernel: Kernel<CrossEntropyInputs, TermAttributes> = {
  fused: fusedErrorTerms,
  forward(inputs, attributes) {
    const { activated, positive, negative, weights } = readTerms(inputs, attributes);
    const ofPositives = mul(positive, activated.complement);
    const terms = negative ? add(ofPositives, mul(negative, activated.probability)) : ofPositives;
    const map = sum(terms, -1) as Tensor2D;
    return weights ? mul(map, weights) : map;
  },
  backward(upstream, inputs, attributes) {
    const { activated, positive, negative, weights } = readTerms(inputs, attributes);
    const slope = slopeOfErrors({ positive, negative });
    const [batch, voxels] = upstream.shape as [number, number];
    const ofPredictions = throughActivation(slope, activated, attributes.activation);
    return weighed(mul(ofPredictions, reshape(upstream, [batch, voxels, 1])), weights);
  },
};

/** The derivative with respect to p of the errors a g' (1 - p) + b (1 - g') p, given a g' and b (1 - g'). */
export function slopeOfErrors(terms: { readonly positive: Tensor; readonly negative?: Tensor | undefined }): Tensor3D {
  const { positive, negative } = terms;
  return (negative ? sub(negative, positive) : neg(positive)) as Tensor3D;
}
