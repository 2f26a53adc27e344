import { hingeErrors, oneOf, prepare, readOptions } from "@lossary/core-reduce";
import { type Tensor, tidy } from "@tensorflow/tfjs-core";
import { type LovaszOptions, lovaszExtension, lovaszRules } from "./lovasz-extension.ts";

/** The options of {@link lovaszHingeLoss}. */
export interface LovaszHingeLossOptions extends Omit<LovaszOptions, "activation"> {
  /**
   * Predictions are scores, which no activation may change.
   * @defaultValue `"none"`
   */
  activation?: "none";
  /**
   * Which classes take part in the mean: all, or those present in the target of the sample (or batch).
   * @defaultValue `"all"`
   */
  classes?: "all" | "present";
}

const lovaszHingeRules = { ...lovaszRules, activation: oneOf("none"), classes: oneOf("all", "present") };

/**
 * Lovász hinge loss: the Jaccard loss of each channel's sign, extended to scores.
 *
 * ```math
 * L = \sum_{k} e_{(k)} (J_k - J_{k-1}), \qquad e_i = \max(0, 1 - (2 g_i - 1) x_i), \qquad J_k = 1 - \frac{G - \sum_{j \le k} v_j g_j}{G + \sum_{j \le k} v_j (1 - g_j)}
 * ```
 *
 * As {@link lovaszSoftmaxLoss}, with the hinge of a score x for an error: a voxel costs nothing once its score is on the right side with a
 * margin of 1. Predictions are raw scores, the logits of a network, whose sign decides; every channel is a task of its own, so several
 * classes are one against the rest each. An `activation` would change the scores, so only `"none"` is taken.
 *
 * Range [0, ∞); 0 where every score has its margin. An absent class costs 1 plus its largest score, as far as that is above 0.
 * Where errors are equal, positives and negatives share their gradients evenly, as in {@link lovaszSoftmaxLoss}.
 *
 * Differs from: the authors' code and segmentation_models.pytorch, whose default is ours with `per: "batch"`; the latter's multi-label mode
 * sorts all channels as one.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: scores
 * @param options - see {@link LovaszHingeLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { lovaszHingeLoss } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const scores = tensor3d([[[2], [-1.5], [0.4], [-0.8]]]);
 * lovaszHingeLoss(truth, scores).print(); // 0.8
 * ```
 *
 * @see M. Berman, A. Rannen Triki, M. B. Blaschko: The Lovász-softmax loss. CVPR 2018, {@link https://arxiv.org/abs/1705.08790}
 * @see J. Yu, M. B. Blaschko: Learning submodular losses with the Lovász hinge. ICML 2015, {@link https://proceedings.mlr.press/v37/yub15.html}
 */
export function lovaszHingeLoss(labels: Tensor, predictions: Tensor, options?: LovaszHingeLossOptions): Tensor {
  return tidy(() => {
    const settled = readOptions("lovaszHingeLoss", options, lovaszHingeRules);
    const problem = prepare("lovaszHingeLoss", labels, predictions, settled);
    return lovaszExtension(problem, hingeErrors(problem), settled);
  });
}
