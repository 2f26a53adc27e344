import { add, slice, type Tensor, type Tensor2D, tidy, unstack } from "@tensorflow/tfjs-core";
import { validVoxels } from "./counts.ts";
import { kernelArguments, runKernel } from "./kernel.ts";
import type { RatioOptions } from "./loss.ts";
import { ratioRules, readOptions, type SettledRatio } from "./options.ts";
import { overlapSumsKernel } from "./overlap-sums.ts";
import { type Problem, prepare } from "./problem.ts";
import { detached } from "./stop-gradient.ts";

/**
 * How a prediction overlaps the truth, as sums over voxels. All of them add: over shards, patches or accumulation steps,
 * the sum of the records is the record of the whole.
 */
export interface Overlap {
  /** I: sum v min(p, g), or sum v p g with `intersection: "product"`; `[batch, classes]`. */
  readonly intersection: Tensor2D;
  /** sum v p - I, summed where it arises so that small differences keep their digits; `[batch, classes]`. */
  readonly falsePositives: Tensor2D;
  /** sum v g - I, likewise; `[batch, classes]`. */
  readonly falseNegatives: Tensor2D;
  /** sum v (p - g)^2; `[batch, classes]`. */
  readonly squaredErrors: Tensor2D;
  /** P = sum v p; `[batch, classes]`. */
  readonly predicted: Tensor2D;
  /** G = sum v g, without a gradient; `[batch, classes]`. */
  readonly labelled: Tensor2D;
  /** sum v, the weight of the voxels that count; `[batch, 1]`. */
  readonly valid: Tensor2D;
}

/**
 * Sums how a prediction overlaps the truth, per sample and class: the statistic behind every region loss, public so that others can
 * build theirs, and additive so that they can build them over more than one machine or step.
 *
 * ```math
 * I_{nc} = \sum_i v_i \min(p_{ic}, g_{ic}), \quad P_{nc} = \sum_i v_i p_{ic}, \quad G_{nc} = \sum_i v_i g_{ic}
 * ```
 *
 * Gradients flow into the predictions alone. Ignored voxels have v = 0 and no influence. With `includeBackground: false` class 0
 * is left out of every sum. Options that only concern the equation behind the sums (smoothing, `over`, ...) are accepted, so that
 * one object serves both steps.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32
 * @param options - as for every ratio loss
 * @returns the sums, each `[batch, classes]`, and `valid`, `[batch, 1]`
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { overlap } from "@lossary/core-reduce";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * const { intersection, predicted, labelled } = overlap(truth, prediction);
 * intersection.print(); // 1.8
 * predicted.print(); // 2
 * labelled.print(); // 3
 * ```
 */
export function overlap(labels: Tensor, predictions: Tensor, options?: RatioOptions): Overlap {
  return tidy(() => {
    const settled = readOptions("overlap", options, ratioRules);
    return { ...overlapSums(prepare("overlap", labels, predictions, settled), settled) };
  });
}

/**
 * {@link overlap} of a problem that is prepared already.
 *
 * ```math
 * I = \sum_i v_i \min(p_i, g_i), \quad FP = \sum_i v_i \max(p_i - g_i, 0), \quad FN = \sum_i v_i \max(g_i - p_i, 0), \quad E = \sum_i v_i (p_i - g_i)^2
 * ```
 *
 * With `intersection: "product"` the products p g, p (1 - g) and (1 - p) g are summed instead.
 *
 * @param problem - as {@link prepare} returns it
 * @param options - which intersection, and whether class 0 takes part
 * @returns see {@link Overlap}; all sums are at least 0
 *
 * @example
 * ```ts
 * import { overlapSums, prepare, ratioRules, readOptions } from "@lossary/core-reduce";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * const options = readOptions("myLoss", {}, ratioRules);
 * const { falsePositives, falseNegatives } = overlapSums(prepare("myLoss", truth, prediction, options), options);
 * falsePositives.print(); // 0.2
 * falseNegatives.print(); // 1.2
 * ```
 */
export function overlapSums(
  problem: Problem,
  options: Pick<SettledRatio, "intersection" | "includeBackground">,
): Overlap {
  const { inputs, attributes } = kernelArguments(problem);
  const sums = runKernel(
    overlapSumsKernel,
    inputs,
    { ...attributes, product: options.intersection === "product" },
    problem.fused,
  );
  return overlapFrom(unstack(sums) as Tensor2D[], validVoxels(problem), options.includeBackground);
}

/** The record of I, FP, FN and E, each `[batch, classes]`. */
export function overlapFrom(parts: readonly Tensor2D[], valid: Tensor2D, includeBackground: boolean): Overlap {
  const [intersection, falsePositives, falseNegatives, squaredErrors] = (
    includeBackground ? parts : parts.map(withoutBackground)
  ) as [Tensor2D, Tensor2D, Tensor2D, Tensor2D];
  return {
    intersection,
    falsePositives,
    falseNegatives,
    squaredErrors,
    predicted: add(intersection, falsePositives),
    labelled: detached(() => add(intersection, falseNegatives)),
    valid,
  };
}

/**
 * Values a class without those of class 0.
 *
 * @param values - `[batch, classes]`
 * @returns `[batch, classes - 1]`
 *
 * @example
 * ```ts
 * import { withoutBackground } from "@lossary/core-reduce";
 * import { tensor2d } from "@tensorflow/tfjs";
 *
 * withoutBackground(tensor2d([[1, 2, 3]])).print(); // 2, 3
 * ```
 */
export function withoutBackground(values: Tensor2D): Tensor2D {
  return slice(values, [0, 1], [-1, -1]);
}
