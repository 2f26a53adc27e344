import { add, mul, type Tensor } from "@tensorflow/tfjs-core";
import { type CrossEntropyInputs, crossEntropyKernel, type TermAttributes } from "./cross-entropy-terms.ts";
import { errorTermsKernel } from "./error-terms.ts";
import { fusedPolyCrossEntropy } from "./fused/reductions/poly-cross-entropy.ts";
import type { Kernel } from "./kernel.ts";

/** What the poly cross-entropy kernel is told beside the common attributes. */
export interface PolyAttributes extends TermAttributes {
  /** How often the errors are added. */
  readonly epsilon: number;
}

/** The voxel map of cross entropy plus epsilon times the errors, `[batch, voxels]`: both in one pass where it is fused. */
export const polyCrossEntropyKernel: Kernel<CrossEntropyInputs, PolyAttributes> = {
  fused: fusedPolyCrossEntropy,
  forward: (inputs, attributes) =>
    withErrors(
      crossEntropyKernel.forward(inputs, { ...attributes, gamma: 0 }),
      errorTermsKernel.forward(inputs, attributes),
      attributes,
    ),
  backward: (upstream, inputs, attributes) =>
    withErrors(
      crossEntropyKernel.backward(upstream, inputs, { ...attributes, gamma: 0 }),
      errorTermsKernel.backward(upstream, inputs, attributes),
      attributes,
    ),
};

function withErrors(crossEntropy: Tensor, errors: Tensor, { epsilon }: PolyAttributes): Tensor {
  return add(crossEntropy, mul(errors, epsilon));
}
