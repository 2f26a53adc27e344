import { overlapAndFieldSums } from "@lossary/core-reduce";
import type { FieldTerm } from "@lossary/losses-boundary";
import { type OnePass, type OnePassCall, problemOfBoth, readTheSame } from "./one-pass.ts";

/** Makes the sums of overlap and those over a field in one pass. The field is there before: of the prediction it needs a pass of its own. */
export function fieldPass<Options extends object>(
  call: OnePassCall,
  { loss, field, fielded, from }: FieldTerm<Options>,
): OnePass | undefined {
  if (!readTheSame(call)) return undefined;
  const { problem, ofOverlap } = problemOfBoth(call);
  const [{ equation, options }, own] = [call.overlap, call.options as Options];
  const sums = overlapAndFieldSums(problem, ofOverlap, field({ ...problem, who: loss }, own), fielded);
  return { overlap: equation.from(sums.overlap, options), other: from(sums.ofField, sums.overlap.valid, own) };
}
