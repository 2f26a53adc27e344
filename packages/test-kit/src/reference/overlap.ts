import type { Prepared } from "./prepare.ts";

/** Sums over voxels of one (group, class): a group is a sample, or the batch with `over: 'batch'`. */
export interface OverlapSums {
  /** Sum of v. */
  readonly volume: number;
  /** I, by `intersection`: the semimetric, or the product. */
  readonly intersection: number;
  /** P, sum of v p. */
  readonly predicted: number;
  /** G, sum of v g. */
  readonly labelled: number;
  /** Sum of v p g. */
  readonly product: number;
  /** Sum of v p^2. */
  readonly squaredPredicted: number;
  /** Sum of v g^2. */
  readonly squaredLabelled: number;
}

/** Index ranges over the voxels of the batch, one a group. */
export function groups(prepared: Prepared): { from: number; to: number }[] {
  const { batch, voxels } = prepared;
  if (prepared.options.over === "batch") return [{ from: 0, to: batch * voxels }];
  return Array.from({ length: batch }, (_, n) => ({ from: n * voxels, to: (n + 1) * voxels }));
}

/** Sums v_i term over the voxels of a group; voxels of weight 0 are never read. */
export function sumVoxels(
  prepared: Prepared,
  range: { from: number; to: number },
  term: (voxel: number) => number,
): number {
  let sum = 0;
  for (let i = range.from; i < range.to; i++) {
    const v = prepared.v[i] as number;
    if (v !== 0) sum += v * term(i);
  }
  return sum;
}

/**
 * The overlap sums, `[group][class]`, of every class, the background included: for hard targets
 * $I = \sum_i v_i p_i g_i$, $P = \sum_i v_i p_i$ and $G = \sum_i v_i g_i$.
 *
 * @param prepared - the input; its options say whose voxels are one group, and what is common to p and a soft g
 * @returns see {@link OverlapSums}
 *
 * @example
 * ```ts
 * import { overlap, prepare } from "@lossary/test-kit/reference";
 *
 * const input = {
 *   shape: [1, 4, 1],
 *   predictions: Float64Array.of(0.9, 0.2, 0.6, 0.3),
 *   labels: Int32Array.of(1, 0, 1, 1),
 * };
 * const sums = overlap(prepare(input))[0]?.[0];
 * console.log(sums?.intersection, sums?.predicted, sums?.labelled); // 1.8 2.0 3
 * ```
 */
export function overlap(prepared: Prepared): OverlapSums[][] {
  const { classes, p, g } = prepared;
  const semimetric = (prepared.options.intersection ?? "semimetric") === "semimetric";
  return groups(prepared).map(({ from, to }) =>
    Array.from({ length: classes }, (_, c) => {
      let [volume, intersection, predicted, labelled, product, squaredPredicted, squaredLabelled] = [
        0, 0, 0, 0, 0, 0, 0,
      ];
      for (let i = from; i < to; i++) {
        const [v, x, y] = [prepared.v[i] as number, p[i * classes + c] as number, g[i * classes + c] as number];
        if (v === 0) continue;
        volume += v;
        intersection += v * (semimetric ? common(x, y) : x * y);
        predicted += v * x;
        labelled += v * y;
        product += v * x * y;
        squaredPredicted += v * x * x;
        squaredLabelled += v * y * y;
      }
      return { volume, intersection, predicted, labelled, product, squaredPredicted, squaredLabelled };
    }),
  );
}

// (p + g - |p - g|) / 2 equals p g for hard targets, where p g has no kink at p = g.
function common(p: number, g: number): number {
  return g === 0 || g === 1 ? p * g : (p + g - Math.abs(p - g)) / 2;
}

/**
 * Both smoothing constants of a ratio.
 *
 * @param prepared - the input, whose options hold them
 * @param fallback - what they are where the options are silent; the default of most losses where it is left out
 * @returns what is added above and below
 *
 * @example
 * ```ts
 * import { prepare, smoothing } from "@lossary/test-kit/reference";
 *
 * const input = {
 *   shape: [1, 4, 1],
 *   predictions: Float64Array.of(0.9, 0.2, 0.6, 0.3),
 *   labels: Int32Array.of(1, 0, 1, 1),
 *   options: { smooth: 1, smoothNumerator: 0 },
 * };
 * console.log(JSON.stringify(smoothing(prepare(input)))); // {"smoothNumerator":0,"smoothDenominator":1}
 * ```
 */
export function smoothing(prepared: Prepared, fallback = 1e-5) {
  const smooth = prepared.options.smooth ?? fallback;
  const { smoothNumerator = smooth, smoothDenominator = smooth } = prepared.options;
  return { smoothNumerator, smoothDenominator };
}

/**
 * A quotient $n / d$; nothing labelled and nothing predicted (0 / 0) is a perfect score of 1.
 *
 * @param numerator - n
 * @param denominator - d
 * @returns the quotient
 *
 * @example
 * ```ts
 * import { score } from "@lossary/test-kit/reference";
 *
 * console.log(score(3, 4), score(0, 0)); // 0.75 1
 * ```
 */
export function score(numerator: number, denominator: number): number {
  return denominator === 0 ? 1 : numerator / denominator;
}
