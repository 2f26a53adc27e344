import { balancedCrossEntropyLoss } from "./balanced-cross-entropy.ts";
import { diceLoss } from "./dice.ts";
import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { weightedResults } from "./weighted-sum.ts";

/** Combo loss in float64: a x balanced cross entropy + (1 - a) x Dice loss. */
export function comboLoss(input: ReferenceInput): ReferenceResult {
  const { alpha = 0.5, beta = 0.5, smooth = 1 } = input.options ?? {};
  const a = alpha as number;
  const settled = { ...input, options: { ...input.options, beta, smooth } };
  return weightedResults([
    { weight: a, result: balancedCrossEntropyLoss(settled) },
    { weight: 1 - a, result: diceLoss(settled) },
  ]);
}
