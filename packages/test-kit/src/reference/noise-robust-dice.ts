import { reduceClasses } from "./class-mean.ts";
import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { groups, overlap, smoothing, sumVoxels } from "./overlap.ts";
import { prepare } from "./prepare.ts";

/** Noise-robust Dice loss in float64: the sum of |p - g|^gamma over both sizes, as squares or as they are. */
export function noiseRobustDiceLoss(input: ReferenceInput): ReferenceResult {
  const prepared = prepare(input);
  const { classes, p, g, options } = prepared;
  const { gamma = 1.5, denominator = "squares" } = options;
  const { smoothNumerator, smoothDenominator } = smoothing(prepared);
  const ranges = groups(prepared);
  return reduceClasses(prepared, overlap(prepared), (sums, group, c) => {
    const errors = sumVoxels(prepared, ranges[group] as { from: number; to: number }, (i) => {
      const place = i * classes + c;
      return Math.abs((p[place] as number) - (g[place] as number)) ** gamma;
    });
    const size =
      denominator === "squares" ? sums.squaredPredicted + sums.squaredLabelled : sums.predicted + sums.labelled;
    const whole = size + smoothDenominator;
    return whole === 0 ? 0 : (errors + smoothDenominator - smoothNumerator) / whole;
  });
}
