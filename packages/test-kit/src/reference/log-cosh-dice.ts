import { reduceClasses } from "./class-mean.ts";
import { diceOf } from "./dice.ts";
import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { overlap } from "./overlap.ts";
import { prepare } from "./prepare.ts";

/** Log-cosh Dice loss in float64: ln cosh(1 - Dice) of each (sample, class). */
export function logCoshDiceLoss(input: ReferenceInput): ReferenceResult {
  const prepared = prepare(input);
  return reduceClasses(prepared, overlap(prepared), (sums) => logCosh(diceOf(sums, prepared)));
}

// cosh x = 1 + 2 sinh(x/2)^2, for which ln keeps its digits near 0; far from 0 cosh itself would overflow.
function logCosh(x: number): number {
  const size = Math.abs(x);
  return size < 1 ? Math.log1p(2 * Math.sinh(size / 2) ** 2) : size + Math.log1p(Math.exp(-2 * size)) - Math.LN2;
}
