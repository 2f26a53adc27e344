import { reduceClasses } from "./class-mean.ts";
import { constant } from "./constant.ts";
import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { faceOffsets, neighbourAt } from "./neighbourhood.ts";
import { overlap, score, smoothing } from "./overlap.ts";
import { type Prepared, prepare } from "./prepare.ts";

// The sums of v over a class's region in the target and over those of its voxels that miss a face neighbour in it.
function regionSizes(prepared: Prepared, sample: number, c: number): { size: number; border: number } {
  const { voxels, classes, spatial, g, v } = prepared;
  const at = (i: number) => sample * voxels + i;
  const inside = (i: number | undefined) =>
    i !== undefined && v[at(i)] !== 0 && (g[at(i) * classes + c] as number) > 0.5;
  let [size, border] = [0, 0];
  for (let i = 0; i < voxels; i++) {
    if (!inside(i)) continue;
    size += v[at(i)] as number;
    const closed = faceOffsets(spatial.length).every((offset) => inside(neighbourAt(spatial, i, offset)));
    if (!closed) border += v[at(i)] as number;
  }
  return { size, border };
}

/**
 * Boundary difference-over-union loss in float64: 1 - ((1-a) I + sN) / (P2 + G2 - (1+a) I + sD), a = min(1 - 2 C/S, max), C and S
 * the border and size of the target region (a = max for an empty one).
 */
export function boundaryDoULoss(input: ReferenceInput): ReferenceResult {
  const prepared = prepare(input);
  const { batch, options } = prepared;
  const { maxAlpha = 0.8 } = options;
  const { smoothNumerator, smoothDenominator } = smoothing(prepared);
  return reduceClasses(prepared, overlap(prepared), ({ product, squaredPredicted, squaredLabelled }, group, c) => {
    const samples = options.over === "batch" ? Array.from({ length: batch }, (_, n) => n) : [group];
    const regions = samples.map((n) => constant(input, `C, S ${n} ${c}`, "labels", () => regionSizes(prepared, n, c)));
    const size = regions.reduce((sum, region) => sum + region.size, 0);
    const border = regions.reduce((sum, region) => sum + region.border, 0);
    const a = Math.min(size === 0 ? maxAlpha : 1 - (2 * border) / size, maxAlpha);
    const union = squaredPredicted + squaredLabelled - (1 + a) * product;
    return 1 - score((1 - a) * product + smoothNumerator, union + smoothDenominator);
  });
}
