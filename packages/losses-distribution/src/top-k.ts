import { chosenTerms, crossEntropyVoxels, type Problem, prepare, restoreSpatial } from "@lossary/core-reduce";
import { mul, type Tensor, type Tensor2D, tidy } from "@tensorflow/tfjs-core";
import { countedVoxels } from "./counted-voxels.ts";
import { hardVoxels } from "./hard-voxels.ts";
import { readTopKOptions, type TopKLossOptions, topKTerm } from "./top-k-term.ts";

/**
 * Top-K loss: cross entropy of the hardest voxels alone (online hard example mining).
 *
 * ```math
 * L = \frac{\sum_{i \in H} v_i m_i}{\sum_{i \in H} v_i}, \qquad H = \text{the } K \text{ voxels with the largest } m_i
 * \quad\text{or}\quad H = \{ i : p_{i,\text{true}} < t \}
 * ```
 *
 * m is the cross entropy of a voxel, exclusive or per channel as in {@link crossEntropyLoss}; v is the voxel weight, which does not influence the
 * choice but for ignored voxels: those never count. Voxels with equal m at the edge of H share the places that are left. The choice
 * itself is not differentiated. The probability of the true class is ∑ g p, for independent channels the mean of g p + (1 - g)(1 - p).
 *
 * `per: "sample"` chooses within each sample, and the mean is then that of the samples' means; `per: "batch"` may keep nothing of an easy sample.
 *
 * Range [0, ∞); 0 exactly where the truth has probability 1 everywhere. `percent: 100` is cross entropy.
 *
 * Differs from: nnU-Net, whose K is rounded down and takes logits of ignored voxels in with a loss of 0.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link TopKLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` the voxel map `[batch, ...spatial]`, 0 outside of H
 * @throws Error for `percent` beside `threshold`, for a `percent` or `threshold` of 0, and for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { topKLoss } from "@lossary/losses-distribution";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * topKLoss(truth, prediction, { percent: 50 }).print(); // 0.8574
 * ```
 *
 * @see Z. Wu, C. Shen, A. van den Hengel: Bridging category-level and instance-level semantic image segmentation. 2016, {@link https://arxiv.org/abs/1605.06885}
 */
export function topKLoss(labels: Tensor, predictions: Tensor, options?: TopKLossOptions): Tensor {
  return tidy(() => {
    const settled = readTopKOptions(options);
    const problem = prepare("topKLoss", labels, predictions, settled);
    if (settled.reduction === "none") return restoreSpatial(mapOfChosen(problem, settled), problem);
    const { terms, choice, from } = topKTerm;
    return from(chosenTerms(problem, terms(problem, options), choice(problem, options)), options);
  });
}

/** The cross entropy of the voxels of H, times their weights, 0 elsewhere. */
function mapOfChosen(problem: Problem, settled: ReturnType<typeof readTopKOptions>): Tensor2D {
  const counted = countedVoxels(problem);
  // the choice goes by m alone, so the voxel weights come in only behind it; without them labels say which voxels count
  const map = crossEntropyVoxels({ ...problem, weights: problem.weights && counted }, settled);
  return mul(map, hardVoxels(map, problem, counted, settled));
}
