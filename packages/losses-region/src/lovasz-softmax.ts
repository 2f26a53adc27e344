import { absoluteErrors, oneOf, prepare, readOptions } from "@lossary/core-reduce";
import { type Tensor, tidy } from "@tensorflow/tfjs-core";
import { type LovaszOptions, lovaszExtension, lovaszRules } from "./lovasz-extension.ts";

/** The options of {@link lovaszSoftmaxLoss}. */
export interface LovaszSoftmaxLossOptions extends LovaszOptions {
  /**
   * Which classes take part in the mean: those present in the target of the sample (or batch), or all.
   * @defaultValue `"present"`
   */
  classes?: "present" | "all";
}

const lovaszSoftmaxRules = { ...lovaszRules, classes: oneOf("present", "all") };

/**
 * Lovász-softmax loss: the Jaccard loss of hard decisions, extended to probabilities without a gap between them.
 *
 * ```math
 * L = \sum_{k} e_{(k)} (J_k - J_{k-1}), \qquad e_i = |g_i - p_i|, \qquad J_k = 1 - \frac{G - \sum_{j \le k} v_j g_j}{G + \sum_{j \le k} v_j (1 - g_j)}
 * ```
 *
 * For each class the errors are sorted, e₍₁₎ the largest; J_k is the Jaccard loss (one minus IoU) if the k worst voxels were wrong and all others
 * right. At hard probabilities it is exactly the Jaccard loss, in between it is the tightest convex surrogate in the errors, which the
 * usual IoU loss is not. Best as a fine-tuning loss, or beside cross entropy. v is the voxel weight, 0 for ignored voxels.
 *
 * Range [0, 1]; 0 exactly at the perfect prediction of a hard target. With `classes: "all"` an absent class costs its largest probability.
 * Where errors are equal the voxels have no order: then positives and negatives among them share their gradients evenly, so that it never
 * depends on the order of the voxels. There are no smoothing constants, and `classes` takes the place of `emptyClass`.
 *
 * Sorting stays on the device, except that tfjs itself sorts long rows on the CPU with WebGL.
 *
 * Differs from: the authors' code, whose default is ours with `per: "batch"`; kornia, which sorts class indices instead of each class's
 * indicator.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link LovaszSoftmaxLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { lovaszSoftmaxLoss } from "@lossary/losses-region";
 * import { tensor2d, tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor2d([[1, 0, 1, 1]], [1, 4], "int32");
 * const prediction = tensor3d([[[0.1, 0.9], [0.8, 0.2], [0.4, 0.6], [0.7, 0.3]]]);
 * lovaszSoftmaxLoss(truth, prediction).print(); // 0.4458
 * ```
 *
 * @see M. Berman, A. Rannen Triki, M. B. Blaschko: The Lovász-softmax loss. CVPR 2018, {@link https://arxiv.org/abs/1705.08790}
 */
export function lovaszSoftmaxLoss(labels: Tensor, predictions: Tensor, options?: LovaszSoftmaxLossOptions): Tensor {
  return tidy(() => {
    const settled = readOptions("lovaszSoftmaxLoss", options, lovaszSoftmaxRules);
    const problem = prepare("lovaszSoftmaxLoss", labels, predictions, settled);
    return lovaszExtension(problem, absoluteErrors(problem), settled);
  });
}
