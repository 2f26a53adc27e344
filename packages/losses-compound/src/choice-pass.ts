import { overlapAndChosenTerms } from "@lossary/core-reduce";
import type { ChoiceTerm } from "@lossary/losses-distribution";
import { type OnePass, type OnePassCall, problemOfBoth, readTheSame } from "./one-pass.ts";

/** Makes the sums of overlap and the map of cross entropy, of which voxels are chosen, in one pass. */
export function choicePass<Options extends object>(
  call: OnePassCall,
  { loss, terms, choice, from }: ChoiceTerm<Options>,
): OnePass | undefined {
  const [{ equation, options }, own] = [call.overlap, call.options as Options & { readonly reduction?: unknown }];
  if (!readTheSame(call) || options.reduction === "none" || own.reduction === "none") return undefined;
  const { problem, ofOverlap } = problemOfBoth(call);
  const given = { ...problem, who: loss };
  const made = overlapAndChosenTerms(given, ofOverlap, terms(given, own), choice(given, own));
  return { overlap: equation.from(made.overlap, options), other: from(made, own) };
}
