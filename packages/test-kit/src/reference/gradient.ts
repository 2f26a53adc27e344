import type { ReferenceInput, ReferenceLoss } from "./input.ts";

/** How a gradient is taken. */
export interface GradientOptions {
  /** Weights of the result's entries, as in a vector-Jacobian product.
   * @defaultValue all 1 */
  readonly upstream?: Float64Array;
  /** The largest step; it shrinks near 0 and 1 where there is no activation.
   * @defaultValue `4e-3`, or `1e-3` with no activation */
  readonly step?: number;
  /** Whether detached quantities stay at the unmoved predictions, as in the library.
   * @defaultValue `true` */
  readonly frozen?: boolean;
}

/**
 * The gradient of `sum(upstream x loss)` with respect to the predictions, by central differences at h and h/2 with
 * Richardson extrapolation: the error falls with h^4, below 1e-8 of the largest entry where the loss is smooth.
 *
 * ```math
 * \frac{4\, D_{h/2} - D_h}{3}, \qquad D_h = \frac{L(x + h) - L(x - h)}{2 h}
 * ```
 *
 * @param loss - a reference loss
 * @param input - where to differentiate; with no activation the step shrinks towards 0 and 1, where logarithms bend most
 * @param options - upstream weights, step, and whether detached quantities are frozen
 * @returns one derivative for each prediction, in the same order
 *
 * @example
 * ```ts
 * import { referenceGradient, referenceLosses } from "@lossary/test-kit/reference";
 *
 * const input = {
 *   shape: [1, 4, 1],
 *   predictions: Float64Array.of(0.9, 0.2, 0.6, 0.3),
 *   labels: Int32Array.of(1, 0, 1, 1),
 * };
 * const gradient = referenceGradient(referenceLosses.crossEntropyLoss, input);
 * console.log([...gradient].map((slope) => slope.toFixed(4)).join(" ")); // -0.2778 0.3125 -0.4167 -0.8333
 * ```
 */
export function referenceGradient(
  loss: ReferenceLoss,
  input: ReferenceInput,
  options: GradientOptions = {},
): Float64Array {
  const { upstream, frozen = true } = options;
  const isLogit = (input.options?.activation ?? "none") !== "none";
  const { step = isLogit ? 4e-3 : 1e-3 } = options;
  const moved = Float64Array.from(input.predictions);
  const at: ReferenceInput = {
    ...input,
    predictions: moved,
    ...(frozen && { detachedPredictions: input.detachedPredictions ?? input.predictions }),
  };
  const total = () => loss(at).values.reduce((sum, value, k) => sum + value * (upstream?.[k] ?? 1), 0);
  return input.predictions.map((x, k) => {
    const slope = (h: number) => {
      moved[k] = x + h;
      const above = total();
      moved[k] = x - h;
      const below = total();
      moved[k] = x;
      return (above - below) / (2 * h);
    };
    const h = isLogit ? step : probabilityStep(x, step);
    return (4 * slope(h / 2) - slope(h)) / 3;
  });
}

function probabilityStep(p: number, step: number): number {
  const room = Math.min(Math.abs(p), Math.abs(1 - p));
  return Math.min(step, Math.max(room / 100, 1e-6));
}
