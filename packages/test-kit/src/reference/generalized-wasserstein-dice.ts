import { reduceGroupLosses } from "./generalized-dice.ts";
import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { groups, score, smoothing, sumVoxels } from "./overlap.ts";
import { prepare } from "./prepare.ts";

/**
 * Generalised Wasserstein Dice loss in float64. d_ic = sum_k M_ck p_ik is the distance of the prediction to class c;
 * A_c is 0 for the background and 1 otherwise ('foreground'), or 1 / (G_c + 1) ('volume', which also weighs the errors).
 */
export function generalizedWassersteinDiceLoss(input: ReferenceInput): ReferenceResult {
  const prepared = prepare(input);
  const { classes, p, g, q, options } = prepared;
  const { distanceMatrix, weighting = "foreground" } = options;
  if (!distanceMatrix) throw new Error("reference: generalizedWassersteinDiceLoss needs a distanceMatrix");
  const { smoothNumerator, smoothDenominator } = smoothing(prepared);
  const largest = Math.max(...distanceMatrix.flat());
  const distance = (i: number, c: number) => {
    let sum = 0;
    for (let k = 0; k < classes; k++)
      sum += ((distanceMatrix[c]?.[k] as number) / largest) * (p[i * classes + k] as number);
    return sum;
  };
  const losses = groups(prepared).map((range) => {
    if (sumVoxels(prepared, range, () => 1) === 0) return 0;
    let [truePositives, errors] = [0, 0];
    for (let c = 0; c < classes; c++) {
      const labelled = (term: (i: number) => number) =>
        sumVoxels(prepared, range, (i) => (g[i * classes + c] as number) * term(i));
      const balance = (q[c] as number) * (weighting === "volume" ? 1 / (labelled(() => 1) + 1) : c === 0 ? 0 : 1);
      truePositives += balance * labelled((i) => 1 - distance(i, c));
      errors += (weighting === "volume" ? balance : 1) * labelled((i) => distance(i, c));
    }
    return 1 - score(2 * truePositives + smoothNumerator, 2 * truePositives + errors + smoothDenominator);
  });
  return reduceGroupLosses(prepared, losses);
}
