import { constant } from "./constant.ts";
import { distanceToOtherSide, positions } from "./distance.ts";
import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { classFields, classRegion } from "./signed-distance.ts";
import { reduceVoxelMeans } from "./voxel-mean.ts";

// d^alpha of every (sample, class), d the distance to the other side of its border; `borderless` without a border.
function powerField(prepared: Prepared, mask: Float64Array): Float64Array {
  const { alpha = 2, borderless = 1, spacing } = prepared.options;
  const points = positions(prepared.spatial, spacing);
  return classFields(prepared, (n, c) => {
    const distance = distanceToOtherSide(points, classRegion(prepared, n, c, mask));
    return distance ? distance.map((d) => d ** (alpha as number)) : points.map(() => borderless);
  });
}

// 1 for the largest probability of a voxel (the first of equal ones), 0 else.
function argmaxMask({ p, classes }: Prepared): Float64Array {
  return p.map((_, k) => {
    const start = k - (k % classes);
    const row = p.subarray(start, start + classes);
    return row.indexOf(Math.max(...row)) === k % classes ? 1 : 0;
  });
}

// 1 where p > 1 - p: of two equal logits neither is the larger, though rounding may put one of them above 1/2.
function thresholdMask({ p, complement }: Prepared): Float64Array {
  return p.map((value, k) => (value > (complement[k] as number) ? 1 : 0));
}

// (p - g)^2 (d_G^alpha + d_S^alpha), with d_S from the detached predictions.
function squaredErrorTerm(input: ReferenceInput, prepared: Prepared): (element: number) => number {
  const { sided = "both", predictionMask = "threshold", distanceMap, alpha = 2 } = prepared.options;
  const target = distanceMap
    ? distanceMap.map((d) => d ** (alpha as number))
    : constant(input, "d_G", "labels", () => powerField(prepared, prepared.g));
  const ofPrediction = () => {
    const detached = prepare(input, input.detachedPredictions);
    return powerField(prepared, predictionMask === "argmax" ? argmaxMask(detached) : thresholdMask(detached));
  };
  const predicted = sided === "both" ? constant(input, "d_S", "predictions", ofPrediction) : undefined;
  return (k) =>
    ((prepared.p[k] as number) - (prepared.g[k] as number)) ** 2 * ((target[k] as number) + (predicted?.[k] ?? 0));
}

/** Hausdorff distance loss in float64. */
export function hausdorffDistanceLoss(input: ReferenceInput): ReferenceResult {
  const prepared = prepare(input);
  return reduceVoxelMeans(prepared, squaredErrorTerm(input, prepared));
}

/** Log-Hausdorff distance loss in float64: ln(1 + L) of the reduced loss. */
export function logHausdorffDistanceLoss(input: ReferenceInput): ReferenceResult {
  const { values, shape } = hausdorffDistanceLoss(input);
  return { values: values.map(Math.log1p), shape };
}
