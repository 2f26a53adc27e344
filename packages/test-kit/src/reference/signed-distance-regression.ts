import { reduceClasses } from "./class-mean.ts";
import { constant } from "./constant.ts";
import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { overlap, smoothing } from "./overlap.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { classFields, classRegion, signedDistance } from "./signed-distance.ts";
import { voxelMean } from "./voxel-mean.ts";

/**
 * The signed distance map of the target, with either side scaled to 1 at its extreme; 1 for an absent class, -1 for a full one.
 *
 * ```math
 * t_i = \phi_i / \max \phi \ \text{outside}, \qquad t_i = \phi_i / \max(-\phi) \ \text{inside}
 * ```
 *
 * @param prepared - as {@link prepare} returns it
 * @returns one number an element, from -1 to 1
 *
 * @example
 * ```ts
 * import { normalizedDistances, prepare } from "@lossary/test-kit/reference";
 *
 * const input = { shape: [1, 5, 1], predictions: new Float64Array(5), labels: Int32Array.of(0, 0, 1, 1, 1) };
 * console.log(normalizedDistances(prepare(input)).join(" ")); // 1 0.5 0 -0.5 -1
 * ```
 */
export function normalizedDistances(prepared: Prepared): Float64Array {
  return classFields(prepared, (n, c) => {
    const region = classRegion(prepared, n, c);
    const phi = signedDistance(prepared.spatial, region, prepared.options.spacing);
    if (region.inside.length === 0) return phi.map(() => 1);
    if (region.outside.length === 0) return phi.map(() => -1);
    const furthest = Math.max(...region.outside.map((i) => phi[i] as number));
    const deepest = Math.max(...region.inside.map((i) => -(phi[i] as number)));
    return phi.map((x) => (x > 0 ? x / furthest : deepest === 0 ? 0 : x / deepest));
  });
}

/**
 * Signed distance regression in float64: mean |y - t| + w (1/3 - (sum y t + sN) / (sum y t + y^2 + t^2 + 3 sD)), y the
 * predictions as they come and t the normalised signed distance map of the target.
 */
export function signedDistanceRegressionLoss(input: ReferenceInput): ReferenceResult {
  const prepared = prepare(input);
  const { productWeight = 1, distanceMap } = prepared.options;
  const { smoothNumerator, smoothDenominator } = smoothing(prepared);
  const y = input.predictions;
  const t = distanceMap ?? constant(input, "t", "labels", () => normalizedDistances(prepared));
  return reduceClasses(prepared, overlap(prepared), ({ volume }, sample, c) => {
    const mean = (term: (y: number, t: number) => number) =>
      voxelMean(prepared, sample, c, (k) => term(y[k] as number, t[k] as number));
    const common = volume * mean((a, b) => a * b);
    const squares = volume * mean((a, b) => a * a + b * b);
    const denominator = common + squares + 3 * smoothDenominator;
    const ratio = denominator === 0 ? 1 / 3 : (common + smoothNumerator) / denominator;
    return mean((a, b) => Math.abs(a - b)) + productWeight * (1 / 3 - ratio);
  });
}
