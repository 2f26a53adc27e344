import { reduceClasses } from "./class-mean.ts";
import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { groups, overlap, smoothing, sumVoxels } from "./overlap.ts";
import { prepare } from "./prepare.ts";

/** Sensitivity-specificity loss in float64: squared errors on the foreground and on the background, each by its size. */
export function sensitivitySpecificityLoss(input: ReferenceInput): ReferenceResult {
  const prepared = prepare(input);
  const { classes, p, g, options } = prepared;
  const { sensitivityWeight: r = 0.05 } = options;
  const { smoothDenominator } = smoothing(prepared);
  const ranges = groups(prepared);
  return reduceClasses(prepared, overlap(prepared), ({ labelled, volume }, group, c) => {
    const errors = (side: (g: number) => number) =>
      sumVoxels(prepared, ranges[group] as { from: number; to: number }, (i) => {
        const [probability, target] = [p[i * classes + c] as number, g[i * classes + c] as number];
        return (target - probability) ** 2 * side(target);
      });
    const ratio = (sum: number, size: number) =>
      size + smoothDenominator === 0 ? 0 : sum / (size + smoothDenominator);
    return (
      r *
        ratio(
          errors((target) => target),
          labelled,
        ) +
      (1 - r) *
        ratio(
          errors((target) => 1 - target),
          volume - labelled,
        )
    );
  });
}
