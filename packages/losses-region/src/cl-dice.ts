import {
  detached,
  oneMinusRatio,
  prepare,
  readOptions,
  reduceRatio,
  type Smoothing,
  safeDivide,
} from "@lossary/core-reduce";
import {
  add,
  cast,
  customGrad,
  div,
  equal,
  type GradSaveFunc,
  mul,
  square,
  type Tensor,
  type Tensor2D,
  tidy,
} from "@tensorflow/tfjs-core";
import { type ClDiceLossOptions, clDiceRules, type SkeletonOverlap, skeletonSums } from "./skeleton-overlap.ts";

/**
 * clDice loss: one minus the overlap of centre lines, for vessels, roads, neurons and whatever else must stay connected.
 *
 * ```math
 * L = 1 - \frac{2\, t_p\, t_s}{t_p + t_s}, \qquad t_p = \frac{\sum_i v_i S(p)_i g_i + s_N}{\sum_i v_i S(p)_i + s_D}, \quad t_s = \frac{\sum_i v_i S(g)_i p_i + s_N}{\sum_i v_i S(g)_i + s_D}
 * ```
 *
 * S is the soft skeleton, what openings remove at each of `iterations` + 1 depths of erosion: S_k = S_(k-1) + r_k (1 - S_(k-1)) with
 * r_k = max(x_k - dilate(erode(x_k)), 0) and x_(k+1) = erode(x_k), the minimum over a cross of 3, 5 or 7 voxels, dilated over the full box.
 * t_p is the share of the predicted skeleton that lies in the truth, t_s the share of the true skeleton that is found: a gap in a thin vessel
 * costs as much as one in a thick vessel. Windows end at the border of the image and leave ignored voxels out.
 *
 * It says nothing about thickness, and a mask that fills the image has no skeleton: use it beside Dice (the paper weighs the two half and half), and leave the background out.
 * Range [0, 1] with equal smoothing constants; 0 at the perfect prediction of a hard target. Predictions must be probabilities or have an
 * activation: of logits the skeleton is meaningless. The backward pass computes the skeleton again instead of keeping its depths.
 *
 * Differs from: the authors' code and MONAI, whose smoothing is 1 and whose background is always left out.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32, with at least one spatial axis: probabilities, or logits with an `activation`
 * @param options - see {@link ClDiceLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { clDiceLoss } from "@lossary/losses-region";
 * import { tensor4d } from "@tensorflow/tfjs";
 *
 * // a line of one pixel, interrupted in the prediction
 * const truth = tensor4d([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0], [1, 3, 5, 1]);
 * const prediction = tensor4d([0, 0, 0, 0, 0, 1, 1, 0, 1, 1, 0, 0, 0, 0, 0], [1, 3, 5, 1]);
 * clDiceLoss(truth, prediction).print(); // 0.1111
 * ```
 *
 * @see S. Shit et al.: clDice, a novel topology-preserving loss function for tubular structure segmentation. CVPR 2021,
 * {@link https://arxiv.org/abs/2003.07311}
 */
export function clDiceLoss(labels: Tensor, predictions: Tensor, options?: ClDiceLossOptions): Tensor {
  return tidy(() => {
    const settled = readOptions("clDiceLoss", options, clDiceRules);
    const problem = prepare("clDiceLoss", labels, predictions, settled);
    return reduceRatio("clDiceLoss", skeletonSums(problem, settled), settled, clDice);
  });
}

/**
 * clDice loss from sums of skeletons: of shards, patches or steps that were added up.
 *
 * ```math
 * L = 1 - \frac{2\, t_p\, t_s}{t_p + t_s}
 * ```
 *
 * Range, corners and what it differs from: those of {@link clDiceLoss}.
 *
 * @param overlap - sums as `skeletonOverlap` returns them
 * @param options - see {@link ClDiceLossOptions}; those that concern the sums are accepted and have done their work already
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error for options that do not fit
 *
 * @example
 * ```ts
 * import { clDiceFromOverlap, skeletonOverlap } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const line = tensor3d([[[0], [1], [1], [1], [0]]]);
 * const sums = skeletonOverlap(line, tensor3d([[[0], [0.5], [0.9], [0.5], [0]]]));
 * clDiceFromOverlap(sums).print(); // 0.0526
 * ```
 *
 * @see {@link clDiceLoss}
 */
export function clDiceFromOverlap(overlap: SkeletonOverlap, options?: ClDiceLossOptions): Tensor {
  return tidy(() => {
    const settled = readOptions("clDiceFromOverlap", options, clDiceRules);
    return reduceRatio("clDiceFromOverlap", overlap, settled, clDice);
  });
}

function clDice(sums: SkeletonOverlap, smoothing: Smoothing): Tensor {
  const { predictedInside, predictedOutside, labelledFound, labelledMissed } = sums;
  return oneMinusHarmonicMean(
    [oneMinusRatio(predictedOutside, predictedInside, smoothing), share(predictedInside, predictedOutside, smoothing)],
    [oneMinusRatio(labelledMissed, labelledFound, smoothing), share(labelledFound, labelledMissed, smoothing)],
  );
}

/** (hits + sN) / (hits + misses + sD), and 1 where there is nothing at all; a constant. */
function share(hits: Tensor2D, misses: Tensor2D, { smoothNumerator, smoothDenominator }: Smoothing): Tensor2D {
  return detached(() => {
    const whole = add(add(hits, misses), smoothDenominator);
    return add(safeDivide(add(hits, smoothNumerator), whole), cast(equal(whole, 0), "float32")) as Tensor2D;
  });
}

/**
 * 1 - 2 t u / (t + u) of two shares, each given as what it lacks of 1, a = 1 - t, and as t itself: (a u + b t) / (t + u), in which a nearly
 * perfect prediction keeps its digits. The gradient is 2 u^2 / (t + u)^2 with respect to a. Where both shares are 0 the loss is 1.
 */
function oneMinusHarmonicMean([a, t]: [Tensor2D, Tensor2D], [b, u]: [Tensor2D, Tensor2D]): Tensor2D {
  const mean = customGrad<Tensor2D>((...given: (Tensor | GradSaveFunc)[]) => {
    const [lackOfT, lackOfU, save] = given as [Tensor2D, Tensor2D, GradSaveFunc];
    save([t, u]);
    const sum = add(t, u);
    const nothing = cast(equal(sum, 0), "float32");
    return {
      value: div(add(add(mul(lackOfT, u), mul(lackOfU, t)), nothing), add(sum, nothing)) as Tensor2D,
      gradFunc: (upstream, saved) => {
        const [ofT, ofU] = saved as [Tensor, Tensor];
        const part = (share: Tensor) => mul(upstream, mul(2, square(safeDivide(share, add(ofT, ofU)))));
        return [part(ofU), part(ofT)];
      },
    };
  });
  return mean(a, b);
}
