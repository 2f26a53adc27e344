import { boundaryLoss } from "./boundary.ts";
import { crossEntropyLoss } from "./cross-entropy.ts";
import { diceLoss } from "./dice.ts";
import { focalLoss } from "./focal.ts";
import { generalizedDiceLoss } from "./generalized-dice.ts";
import { hausdorffDistanceLoss } from "./hausdorff-distance.ts";
import type { ReferenceInput, ReferenceLoss, ReferenceResult } from "./input.ts";
import type { ReferenceOptions } from "./options.ts";
import { topKLoss } from "./top-k.ts";
import { weightedResults } from "./weighted-sum.ts";

/** A term of a weighted sum; its options stand over those of the call. */
export interface ReferenceTerm {
  /** L_k. */
  readonly loss: ReferenceLoss;
  /** w_k. @defaultValue `1` */
  readonly weight?: number;
  /** The term's own options, over those of the call. @defaultValue those of the call */
  readonly options?: ReferenceOptions;
}

/**
 * A weighted sum of losses, $\sum_k w_k L_k$, each term with the call's options and its own.
 *
 * @param terms - see {@link ReferenceTerm}
 * @returns a loss like its terms
 *
 * @example
 * ```ts
 * import { referenceLosses, weightedSum } from "@lossary/test-kit/reference";
 *
 * const input = {
 *   shape: [1, 4, 1],
 *   predictions: Float64Array.of(0.9, 0.2, 0.6, 0.3),
 *   labels: Int32Array.of(1, 0, 1, 1),
 * };
 * const { diceLoss: loss, crossEntropyLoss } = referenceLosses;
 * const { values } = weightedSum([{ loss }, { loss: crossEntropyLoss, weight: 0.5 }])(input);
 * console.log(values[0]?.toFixed(4)); // 0.5354
 * ```
 */
export function weightedSum(terms: readonly ReferenceTerm[]): ReferenceLoss {
  return (input) =>
    weightedResults(
      terms.map(({ loss, weight = 1, options }) => ({
        weight,
        result: loss({ ...input, options: { ...input.options, ...options } }),
      })),
    );
}

/** A term of a named compound: which options hold its weight and its own options. */
interface NamedTerm {
  readonly loss: ReferenceLoss;
  readonly weight: number | undefined;
  readonly options: ReferenceOptions | undefined;
  /** The weight when none is given. */
  readonly fallback: number;
}

function compound(input: ReferenceInput, terms: readonly NamedTerm[]): ReferenceResult {
  const sum = weightedSum(
    terms.map(({ loss, weight, options, fallback }) => ({ loss, weight: weight ?? fallback, options: options ?? {} })),
  );
  return sum(input);
}

function diceTerm({ options }: ReferenceInput): NamedTerm {
  return { loss: diceLoss, weight: options?.diceWeight, options: options?.dice, fallback: 1 };
}

function focalTerm({ options }: ReferenceInput): NamedTerm {
  return { loss: focalLoss, weight: options?.focalWeight, options: options?.focal, fallback: 1 };
}

/** Dice and cross entropy in float64. */
export function diceCrossEntropyLoss(input: ReferenceInput): ReferenceResult {
  const { crossEntropyWeight: weight, crossEntropy: options } = input.options ?? {};
  return compound(input, [diceTerm(input), { loss: crossEntropyLoss, weight, options, fallback: 1 }]);
}

/** Dice and focal loss in float64. */
export function diceFocalLoss(input: ReferenceInput): ReferenceResult {
  return compound(input, [diceTerm(input), focalTerm(input)]);
}

/** Dice and top-K cross entropy in float64. */
export function diceTopKLoss(input: ReferenceInput): ReferenceResult {
  const { topKWeight: weight, topK: options } = input.options ?? {};
  return compound(input, [diceTerm(input), { loss: topKLoss, weight, options, fallback: 1 }]);
}

/** Generalised Dice and focal loss in float64. */
export function generalizedDiceFocalLoss(input: ReferenceInput): ReferenceResult {
  const { generalizedDiceWeight: weight, generalizedDice: options } = input.options ?? {};
  return compound(input, [{ loss: generalizedDiceLoss, weight, options, fallback: 1 }, focalTerm(input)]);
}

/** Dice and boundary loss in float64. */
export function diceBoundaryLoss(input: ReferenceInput): ReferenceResult {
  const { boundaryWeight: weight, boundary: options } = input.options ?? {};
  return compound(input, [diceTerm(input), { loss: boundaryLoss, weight, options, fallback: 0.01 }]);
}

/** Dice and Hausdorff distance loss in float64. */
export function diceHausdorffLoss(input: ReferenceInput): ReferenceResult {
  const { hausdorffWeight: weight, hausdorff: options } = input.options ?? {};
  return compound(input, [diceTerm(input), { loss: hausdorffDistanceLoss, weight, options, fallback: 0.01 }]);
}
