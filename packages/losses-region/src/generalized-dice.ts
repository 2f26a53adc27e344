import {
  classShares,
  detached,
  type Overlap,
  oneMinusRatio,
  oneOf,
  overlapSums,
  prepare,
  type RatioOptions,
  ratioRules,
  readOptions,
  rulesWithout,
  type Settled,
  smoothing,
} from "@lossary/core-reduce";
import {
  add,
  cast,
  div,
  fill,
  greater,
  max,
  maximum,
  min,
  mul,
  onesLike,
  pow,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tidy,
  where,
} from "@tensorflow/tfjs-core";
import { reduceGroups } from "./reduce-groups.ts";

/** The options of {@link generalizedDiceLoss}. */
export interface GeneralizedDiceLossOptions extends Omit<RatioOptions, "emptyClass" | "normalize"> {
  /**
   * How much a class weighs: 1 / G² (as in the paper), 1 / G, or the same for all.
   * @defaultValue `"square"`
   */
  weighting?: "square" | "simple" | "uniform";
  /**
   * What a class weighs that is absent from the target, where 1 / G is infinite: as much as the heaviest class that is present, or nothing.
   * @defaultValue `"max"`
   */
  absentWeight?: "max" | "zero";
}

const generalizedDiceRules = {
  ...rulesWithout(ratioRules, "emptyClass", "normalize"),
  weighting: oneOf("square", "simple", "uniform"),
  absentWeight: oneOf("max", "zero"),
};

/**
 * Generalised Dice loss: one Dice ratio for all classes together, in which each class weighs the more the smaller it is.
 *
 * ```math
 * L = 1 - \frac{2 \sum_c w_c I_c + s_N}{\sum_c w_c (P_c + G_c) + s_D}, \qquad w_c = \frac{q_c}{G_c^2}
 * ```
 *
 * I, P and G are the overlap sums of {@link diceLoss} and q the class weights. The weights come from the target alone and carry no gradient.
 * A class that is absent weighs as much as the heaviest class that is present: enough that its false positives cost, and never so much that
 * it cancels all others, as 1 / ε² would. With every class absent all weights are 1. The smoothing constants stand beside weighted sizes,
 * which are near 2 / G of the smallest class with `"square"`: for structures of 10⁵ voxels and more, lower `smooth` or take `"simple"`.
 *
 * Range [0, 1] with equal smoothing constants; 0 exactly at the perfect prediction. There is one loss a sample, so `emptyClass` and
 * `normalize`, which speak about a mean over classes, are no options here.
 *
 * Differs from: MONAI, whose `batch` is our `over: "batch"`; optax, whose weights of absent classes are an epsilon; SegLossOdyssey, whose
 * sums are wrong where a class is absent.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link GeneralizedDiceLossOptions}
 * @returns a scalar; with `reduction: "sample"` or `"none"` `[batch]`
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { generalizedDiceLoss } from "@lossary/losses-region";
 * import { tensor2d, tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor2d([[1, 0, 1, 1]], [1, 4], "int32");
 * const prediction = tensor3d([[[0.1, 0.9], [0.8, 0.2], [0.4, 0.6], [0.7, 0.3]]]);
 * generalizedDiceLoss(truth, prediction, { smooth: 0 }).print(); // 0.4375
 * ```
 *
 * @see C. H. Sudre et al.: Generalised Dice overlap as a deep learning loss function for highly unbalanced segmentations. DLMIA 2017,
 * {@link https://arxiv.org/abs/1707.03237}
 */
export function generalizedDiceLoss(labels: Tensor, predictions: Tensor, options?: GeneralizedDiceLossOptions): Tensor {
  return tidy(() => {
    const settled = readGeneralizedDiceOptions("generalizedDiceLoss", options);
    const problem = prepare("generalizedDiceLoss", labels, predictions, { ...settled, normalize: "count" });
    const sums = overlapSums(problem, settled);
    return reduceGroups("generalizedDiceLoss", sums, settled, generalizedDice("generalizedDiceLoss", settled));
  });
}

/**
 * Generalised Dice loss from overlap sums: of shards, patches or steps that were added up.
 *
 * ```math
 * L = 1 - \frac{2 \sum_c w_c I_c + s_N}{\sum_c w_c (P_c + G_c) + s_D}
 * ```
 *
 * Range, corners and what it differs from: those of {@link generalizedDiceLoss}.
 *
 * @param overlap - sums as `overlap` returns them
 * @param options - see {@link GeneralizedDiceLossOptions}; those that concern the sums are accepted and have done their work already
 * @returns a scalar; with `reduction: "sample"` or `"none"` `[batch]`
 * @throws Error for options that do not fit
 *
 * @example
 * ```ts
 * import { overlap } from "@lossary/core-reduce";
 * import { generalizedDiceFromOverlap } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const sums = overlap(tensor3d([[[1], [0]]]), tensor3d([[[0.9], [0.2]]]));
 * generalizedDiceFromOverlap(sums).print(); // 0.1429
 * ```
 *
 * @see {@link generalizedDiceLoss}
 */
export function generalizedDiceFromOverlap(overlap: Overlap, options?: GeneralizedDiceLossOptions): Tensor {
  return tidy(() => {
    const settled = readGeneralizedDiceOptions("generalizedDiceFromOverlap", options);
    const equation = generalizedDice("generalizedDiceFromOverlap", settled);
    return reduceGroups("generalizedDiceFromOverlap", overlap, settled, equation);
  });
}

type SettledGeneralizedDice = Settled<typeof generalizedDiceRules>;

function readGeneralizedDiceOptions(who: string, options: GeneralizedDiceLossOptions | undefined) {
  const settled = readOptions(who, options, generalizedDiceRules);
  if (settled.weighting === "uniform" && options?.absentWeight !== undefined) {
    throw new Error(
      `${who}: absentWeight says nothing with weighting "uniform", where an absent class weighs as any other`,
    );
  }
  return settled;
}

/** P + G = 2 I + FP + FN, of all classes together. */
function generalizedDice(who: string, options: SettledGeneralizedDice) {
  return ({ intersection, falsePositives, falseNegatives, labelled }: Overlap): Tensor1D => {
    const weights = mul(sizeWeights(labelled, options), classShares(who, labelled.shape[1], options));
    const errors = sum(mul(weights, add(falsePositives, falseNegatives)), 1) as Tensor1D;
    const right = sum(mul(weights, mul(2, intersection)), 1) as Tensor1D;
    return oneMinusRatio(errors, right, smoothing(options));
  };
}

/** Soft classes of less than this many voxels weigh as if they had it: 1 / G² must not overflow. */
const smallestSize = 1e-9;

/** Above every size that sums in float32 reach. */
const largestSize = 3e38;

/** 1 / G^k; of an absent class that of the smallest present one (1 where none is present), or 0; `[groups, classes]`. */
function sizeWeights(labelled: Tensor2D, { weighting, absentWeight }: SettledGeneralizedDice): Tensor2D {
  const exponent = { square: 2, simple: 1, uniform: 0 }[weighting];
  return detached(() => {
    const present = greater(labelled, 0);
    const smallest = min(where(present, labelled, fill(labelled.shape, largestSize)), 1, true);
    // looked up in what is present: WebGL may take two numbers of this size for different
    const isAnyPresent = max(cast(present, "float32"), 1, true);
    const ofAbsent = where(greater(isAnyPresent, 0), smallest, onesLike(smallest));
    const sizes = maximum(where(present, labelled, ofAbsent), smallestSize);
    const weights = pow(div(1, sizes), exponent) as Tensor2D;
    return absentWeight === "zero" ? mul(weights, cast(present, "float32")) : weights;
  });
}
