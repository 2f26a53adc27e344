import { reduceClasses } from "./class-mean.ts";
import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { groups, overlap, score, smoothing, sumVoxels } from "./overlap.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { softSkeleton } from "./skeleton.ts";

// The skeleton of every (sample, class), laid out like the field itself.
function skeletons(prepared: Prepared, field: Float64Array, detached = field): Float64Array {
  const { batch, voxels, classes, spatial, v } = prepared;
  const { iterations = 3 } = prepared.options;
  const result = new Float64Array(field.length);
  for (let n = 0; n < batch; n++) {
    const valid = Array.from({ length: voxels }, (_, i) => v[n * voxels + i] !== 0);
    for (let c = 0; c < classes; c++) {
      const at = (i: number) => (n * voxels + i) * classes + c;
      const image = valid.map((_, i) => field[at(i)] as number);
      const frozen = valid.map((_, i) => detached[at(i)] as number);
      softSkeleton(spatial, valid, image, iterations, frozen).forEach((value, i) => {
        result[at(i)] = value;
      });
    }
  }
  return result;
}

/** clDice loss in float64: one minus the harmonic mean of topology precision and topology sensitivity. */
export function clDiceLoss(input: ReferenceInput): ReferenceResult {
  const prepared = prepare(input);
  const { classes, p, g } = prepared;
  const { smoothNumerator, smoothDenominator } = smoothing(prepared);
  const predictedSkeleton = skeletons(prepared, p, prepare(input, input.detachedPredictions).p);
  const labelledSkeleton = skeletons(prepared, g);
  const ranges = groups(prepared);
  return reduceClasses(prepared, overlap(prepared), (_, group, c) => {
    const share = (skeleton: Float64Array, mask: Float64Array) => {
      const range = ranges[group] as { from: number; to: number };
      const common = sumVoxels(
        prepared,
        range,
        (i) => (skeleton[i * classes + c] as number) * (mask[i * classes + c] as number),
      );
      const whole = sumVoxels(prepared, range, (i) => skeleton[i * classes + c] as number);
      return score(common + smoothNumerator, whole + smoothDenominator);
    };
    const precision = share(predictedSkeleton, g);
    const sensitivity = share(labelledSkeleton, p);
    return 1 - (precision + sensitivity === 0 ? 0 : (2 * precision * sensitivity) / (precision + sensitivity));
  });
}
