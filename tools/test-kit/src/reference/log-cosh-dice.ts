import { reduceClasses } from "./class-mean.ts";
import { diceOf } from "./dice.ts";
import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { overlap } from "./overlap.ts";
import { prepare } from "./prepare.ts";

/** Log-cosh Dice loss in float64: ln cosh(1 - Dice) of each (sample, class). */
export function logCoshDiceLoss(input: ReferenceInput): ReferenceResult {
  const prepared = prepare(input);
  return reduceClasses(prepared, overlap(prepared), (sums) => Math.log(Math.cosh(diceOf(sums, prepared))));
}
