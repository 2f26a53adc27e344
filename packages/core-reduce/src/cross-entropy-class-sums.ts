import {
  add,
  mul,
  reshape,
  stack,
  sub,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  unstack,
} from "@tensorflow/tfjs-core";
import { type Activated, activate, throughActivation } from "./activation.ts";
import { type CrossEntropyAttributes, exchanged, gradientOfTerms, surprise } from "./cross-entropy-terms.ts";
import { slopeOfErrors } from "./error-terms.ts";
import { fusedCrossEntropySums } from "./fused/reductions/cross-entropy-sums.ts";
import type { Kernel, KernelInputs } from "./kernel.ts";
import { overlapTerms, slopeOfOverlap } from "./overlap-sums.ts";
import { sumVoxels } from "./sum-voxels.ts";
import { denseTarget, voxelWeights, weighed, withoutIgnored } from "./targets.ts";

/** What the kernel of cross-entropy sums reads. */
export interface CrossEntropySumsInputs extends KernelInputs {
  /** What each sum of positives is going to be multiplied by, but for a factor a sample, `[1 or batch, classes]`: spares a pass where it is known. */
  readonly positive?: Tensor2D | undefined;
  /** Likewise of negatives. */
  readonly negative?: Tensor2D | undefined;
}

/** What the kernel of cross-entropy sums is told. */
export interface CrossEntropySumsAttributes extends CrossEntropyAttributes {
  /** Whether the sums of negatives are wanted; else they are 0. */
  readonly negatives: boolean;
  /** How often the errors g' (1 - p) and (1 - g') p are added; goes with a gamma of 0 and a power of 1.
   * @defaultValue `0` */
  readonly errors?: number;
  /** Whether, and with which intersection, the sums of overlap are wanted too. */
  readonly overlap: "none" | "semimetric" | "product";
}

/** Whether kernels have what is asked for: a power goes neither with a focusing exponent nor with negatives of classes that exclude each other. */
export function takesPower({ gamma, power = 1, negatives, activation }: CrossEntropySumsAttributes): boolean {
  return power === 1 || (gamma === 0 && !(negatives && activation === "softmax"));
}

/**
 * The sums of both cross-entropy terms, `[2, batch, classes]`: sum v g' (1 - p)^gamma (-ln p) and sum v (1 - g') p^gamma (-ln (1 - p)), or, without
 * gamma, a power of the logarithms; or g' and 1 - g' with a share of the errors beside the logarithms.
 * With those of overlap, in the same pass and before them, `[6, batch, classes]`: one activation serves both.
 */
export const crossEntropySumsKernel: Kernel<CrossEntropySumsInputs, CrossEntropySumsAttributes> = {
  fused: fusedCrossEntropySums,
  forward(inputs, attributes) {
    const { activated, hard, target, weights } = read(inputs, attributes);
    const { gamma, power, errors = 0 } = attributes;
    const costs = (of: Activated) => {
      const ofLogs = surprise(of, gamma, power);
      return errors === 0 ? ofLogs : add(ofLogs, mul(of.complement, errors));
    };
    const ofPositives = mul(target, costs(activated)) as Tensor3D;
    const ofNegatives = () => mul(sub(1, target), costs(exchanged(activated))) as Tensor3D;
    const terms = [
      ...(attributes.overlap === "none" ? [] : overlapTerms(activated, hard, attributes.overlap === "product")),
      ofPositives,
      attributes.negatives ? ofNegatives() : mul(ofPositives, 0),
    ];
    return stack(terms.map((term) => sumVoxels(weighed(term as Tensor3D, weights))));
  },
  backward(upstream, inputs, attributes) {
    const { activated, hard, target, weights, predictions } = read(inputs, attributes);
    const parts = unstack(upstream) as Tensor2D[];
    const [positive, negative] = parts.slice(-2).map((part) => reshape(part, [part.shape[0], 1, part.shape[1]]));
    const { errors = 0, negatives, overlap, activation } = attributes;
    const terms = {
      positive: mul(positive as Tensor, target) as Tensor3D,
      negative: negatives ? (mul(negative as Tensor, sub(1, target)) as Tensor3D) : undefined,
    };
    const ofTerms = gradientOfTerms({ activated, predictions, ...terms }, attributes);
    const slopes = [
      ...(errors === 0 ? [] : [mul(slopeOfErrors(terms), errors) as Tensor3D]),
      ...(overlap === "none" ? [] : [slopeOfOverlap(parts.slice(0, 4), activated, hard, overlap === "product")]),
    ];
    const all = slopes.map((slope) => throughActivation(slope, activated, activation));
    return weighed(
      all.reduce((sum, each) => add(sum, each), ofTerms),
      weights,
    );
  },
};

function read(inputs: KernelInputs, attributes: CrossEntropySumsAttributes) {
  const weights = voxelWeights(inputs, attributes);
  const predictions = withoutIgnored(inputs.predictions, weights);
  const hard = withoutIgnored(denseTarget(inputs), weights);
  const target: Tensor3D = add(mul(hard, attributes.keep), attributes.spread);
  return { predictions, hard, target, weights, activated: activate(predictions, attributes.activation) };
}
