import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { type OverlapSums, overlap, score, smoothing } from "./overlap.ts";
import { type Prepared, prepare } from "./prepare.ts";

// 1/G^2, 1/G or 1; an absent class takes the largest finite weight of its group (1 when every class is absent) or 0.
function classWeights(prepared: Prepared, sums: readonly OverlapSums[]): number[] {
  const { weighting = "square", absentWeight = "max" } = prepared.options;
  const exponent = weighting === "square" ? 2 : 1;
  const finite = sums.filter(({ labelled }) => labelled > 0).map(({ labelled }) => labelled ** -exponent);
  const absent = absentWeight === "zero" ? 0 : finite.length === 0 ? 1 : Math.max(...finite);
  return sums.map(({ labelled }) => (weighting === "uniform" ? 1 : labelled > 0 ? labelled ** -exponent : absent));
}

/** 1 - (2 sum_c w_c I_c + sN) / (sum_c w_c (P_c + G_c) + sD), one a group; q_c multiplies w_c. */
export function generalizedDices(prepared: Prepared): number[] {
  const { smoothNumerator, smoothDenominator } = smoothing(prepared);
  return overlap(prepared).map((row) => {
    const sums = row.slice(prepared.firstClass);
    if (sums[0]?.volume === 0) return 0;
    const w = classWeights(prepared, sums).map((weight, c) => weight * (prepared.q[prepared.firstClass + c] as number));
    const total = (term: (entry: OverlapSums) => number) =>
      sums.reduce((sum, entry, c) => sum + (w[c] as number) * term(entry), 0);
    const numerator = 2 * total(({ intersection }) => intersection) + smoothNumerator;
    return 1 - score(numerator, total(({ predicted, labelled }) => predicted + labelled) + smoothDenominator);
  });
}

/** Generalised Dice loss in float64; 'none' and 'sample' give one value a group. */
export function generalizedDiceLoss(input: ReferenceInput): ReferenceResult {
  const prepared = prepare(input);
  return reduceGroupLosses(prepared, generalizedDices(prepared));
}

/** Reduces one loss a group (a sample, or the batch): the losses, their sum, or their mean. */
export function reduceGroupLosses(prepared: Prepared, losses: readonly number[]): ReferenceResult {
  const { reduction = "mean" } = prepared.options;
  if (reduction === "none" || reduction === "sample")
    return { values: Float64Array.from(losses), shape: [losses.length] };
  const sum = losses.reduce((total, loss) => total + loss, 0);
  return { values: Float64Array.of(reduction === "sum" ? sum : sum / losses.length), shape: [] };
}
