import {
  detached,
  labelRegions,
  numberWithin,
  oneMinusRatio,
  overlapSums,
  type Problem,
  prepare,
  type RatioOptions,
  ratioRules,
  readOptions,
  reduceRatio,
  rulesWithout,
  safeDivide,
  sumVoxels,
  windowMinimum,
  windowSum,
} from "@lossary/core-reduce";
import {
  concat,
  minimum,
  mul,
  ones,
  split,
  step,
  sub,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  tidy,
} from "@tensorflow/tfjs-core";
import { countedMap, times, weightMap } from "./masks.ts";

/** The options of {@link boundaryDoULoss}: those of a ratio loss but `intersection`, which is the product here. */
export interface BoundaryDoULossOptions extends Omit<RatioOptions, "intersection"> {
  /**
   * The largest share α of the intersection that is left out of the union: towards 1 only the border counts.
   * @defaultValue `0.8`
   */
  maxAlpha?: number;
}

const boundaryDoURules = { ...rulesWithout(ratioRules, "intersection"), maxAlpha: numberWithin(0, 1, 0.8) };

/**
 * Boundary difference-over-union loss: the difference of prediction and truth over their union without a share of the intersection that grows
 * with the object, so that the inside of large objects does not drown their border. Needs no distances.
 *
 * ```math
 * L = 1 - \frac{(1 - \alpha) I + s_N}{\sum_i v_i p_i^2 + \sum_i v_i g_i^2 - (1 + \alpha) I + s_D}, \qquad \alpha = \min\left(1 - \frac{2 C}{S}, \alpha_{\max}\right)
 * ```
 *
 * I is the sum of v p g, S the size of the true region (g above 0.5) and C that of its border: the voxels with a face on something else, on the end of
 * the image or on an ignored voxel. α is constant for every gradient. For regions that are all border, α = -1, it is the Dice loss of squares,
 * for α = 0 the IoU loss of squares.
 *
 * Range [0, 1] with equal smoothing constants; 0 exactly at the perfect prediction.
 *
 * Differs from: the authors' code, which smooths the complement, so that its perfect prediction costs something, and takes sums of the batch (`over: "batch"`).
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link BoundaryDoULossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { boundaryDoULoss } from "@lossary/losses-boundary";
 * import { tensor } from "@tensorflow/tfjs";
 *
 * // C = 2, S = 5, α = 0.2: difference 2, union 6 less 0.2 x 4
 * const truth = tensor([0, 1, 1, 1, 1, 1, 0, 0], [1, 8], "int32");
 * const prediction = tensor([0, 0, 1, 1, 1, 1, 1, 0], [1, 8, 1]);
 * boundaryDoULoss(truth, prediction, { smooth: 0 }).print(); // 0.3846
 * ```
 *
 * @see F. Sun, Z. Luo, S. Li: Boundary difference over union loss for medical image segmentation. MICCAI 2023, {@link https://arxiv.org/abs/2308.00220}
 */
export function boundaryDoULoss(labels: Tensor, predictions: Tensor, options?: BoundaryDoULossOptions): Tensor {
  return tidy(() => {
    const who = "boundaryDoULoss";
    const settled = readOptions(who, options, boundaryDoURules);
    const problem = prepare(who, labels, predictions, settled);
    const overlap = overlapSums(problem, { ...settled, intersection: "product" });
    const sizes = detached(() => sizesOfRegions(problem, settled.includeBackground));
    const [size, border] = split(sizes, 2, 1) as [Tensor2D, Tensor2D];
    return reduceRatio(who, { ...overlap, size, border }, settled, (sums, { smoothNumerator, smoothDenominator }) => {
      const alpha = detached(
        () => minimum(sub(1, mul(2, safeDivide(sums.border, sums.size))), settled.maxAlpha) as Tensor2D,
      );
      // sum p^2 + sum g^2 - (1 + a) I = sum (p - g)^2 + (1 - a) I
      const shared = mul(sub(1, alpha), sums.intersection);
      return oneMinusRatio(sums.squaredErrors, shared, { smoothNumerator, smoothDenominator });
    });
  });
}

/**
 * How many voxels of each region count, and how many of them miss a face neighbour in it, at the edge of the image too: all but those
 * inside, whose window lies in the image and in the region. `[batch, 2 classes]`, the sizes first.
 */
function sizesOfRegions(problem: Problem, includeBackground: boolean): Tensor2D {
  const { spatial, voxels, classes, fused } = problem;
  const window = { spatial, axes: [...spatial.keys()], fused };
  const [weights, counted] = [weightMap(problem), countedMap(problem)];
  const isInside = tidy(() => step(sub(windowSum(ones([1, voxels, 1]), window), 2 * spatial.length + 0.5))) as Tensor3D;
  const inside = times(isInside, weights);
  const regions = labelRegions(problem);
  const ofClass = (label: number): [size: Tensor2D, border: Tensor2D] => {
    const region = times(regions(label), counted);
    const size = sumVoxels(times(region, weights), fused);
    const within = tidy(() => sumVoxels(mul(windowMinimum(region, window), inside) as Tensor3D, fused));
    return [size, sub(size, within)];
  };
  const labels = Array.from({ length: classes }, (_, label) => label).slice(includeBackground ? 0 : 1);
  const sizes = labels.map((label) => tidy(() => ofClass(label)));
  return concat([...sizes.map(([size]) => size), ...sizes.map(([, border]) => border)], 1);
}
