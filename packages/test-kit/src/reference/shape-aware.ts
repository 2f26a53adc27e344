import { constant } from "./constant.ts";
import { crossEntropyMap } from "./cross-entropy.ts";
import { distanceToNearest, positions, stepsOf } from "./distance.ts";
import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { faceOffsets, neighbourAt } from "./neighbourhood.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { validVoxels } from "./signed-distance.ts";
import { reduceVoxels } from "./voxel-map.ts";

// 0/1 masks of the classes: the largest entry of several exclusive channels (the first of equal ones), above 1/2 else.
function decide(prepared: Prepared, field: Float64Array): boolean[] {
  const { classes, exclusive } = prepared;
  return Array.from(field, (value, k) => {
    if (!exclusive || classes === 1) return value > 0.5;
    const start = k - (k % classes);
    const row = field.subarray(start, start + classes);
    return row.indexOf(Math.max(...row)) === k % classes;
  });
}

// Voxels of a mask with a valid face neighbour outside it.
function contour(prepared: Prepared, sample: number, c: number, mask: boolean[]): number[] {
  const { voxels, classes, spatial } = prepared;
  const valid = validVoxels(prepared, sample);
  const inMask = (i: number) => mask[(sample * voxels + i) * classes + c];
  return valid.flatMap((is, i) => {
    if (!is || !inMask(i)) return [];
    const open = faceOffsets(spatial.length).some((offset) => {
      const neighbour = neighbourAt(spatial, i, offset);
      return neighbour !== undefined && valid[neighbour] && !inMask(neighbour);
    });
    return open ? [i] : [];
  });
}

// E of one sample: the mean over classes with a contour of the mean distance from the predicted to the true contour.
function contourError(prepared: Prepared, sample: number, predicted: boolean[], labelled: boolean[]): number {
  const { voxels, classes, firstClass, spatial, options } = prepared;
  const { spacing, distanceMap, distanceUnit = "spacing" } = options;
  const points = positions(spatial, spacing);
  const diagonal = Math.hypot(...stepsOf(spatial, spacing).map((step, axis) => step * (spatial[axis] as number)));
  const errors: number[] = [];
  for (let c = firstClass; c < classes; c++) {
    const found = contour(prepared, sample, c, predicted);
    const truth = contour(prepared, sample, c, labelled);
    if (found.length === 0 && truth.length === 0) continue;
    const distance = distanceToNearest(points, truth);
    const to = (i: number) => distanceMap?.[(sample * voxels + i) * classes + c] ?? (distance[i] as number);
    const missing = found.length === 0 || truth.length === 0;
    errors.push(missing ? diagonal : found.reduce((sum, i) => sum + to(i), 0) / found.length);
  }
  const mean = errors.length === 0 ? diagonal : errors.reduce((sum, e) => sum + e, 0) / errors.length;
  return distanceUnit === "diagonal" ? mean / diagonal : mean;
}

/** Shape-aware loss in float64: (1 + w E) times the cross entropy of misclassified voxels, 1 times that of the others. */
export function shapeAwareLoss(input: ReferenceInput): ReferenceResult {
  const prepared = prepare(input);
  const { batch, voxels, classes, firstClass, v, options } = prepared;
  const { distanceWeight = 1 } = options;
  const predicted = decide(prepared, prepare(input, input.detachedPredictions).p);
  const labelled = decide(prepared, prepared.g);
  const wrong = (i: number) => {
    for (let c = prepared.exclusive ? 0 : firstClass; c < classes; c++) {
      if (predicted[i * classes + c] !== labelled[i * classes + c]) return true;
    }
    return false;
  };
  const errors = constant(input, "E", "predictions", () =>
    Array.from({ length: batch }, (_, n) => {
      const someWrong = Array.from({ length: voxels }, (_, i) => n * voxels + i).some((i) => v[i] !== 0 && wrong(i));
      return someWrong ? contourError(prepared, n, predicted, labelled) : 0;
    }),
  );
  const map = crossEntropyMap(
    prepared,
    (i) => 1 + (wrong(i) ? distanceWeight * (errors[Math.floor(i / voxels)] as number) : 0),
  );
  return reduceVoxels(prepared, map);
}
