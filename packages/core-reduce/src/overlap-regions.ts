import {
  add,
  cast,
  concat,
  dispose,
  equal,
  matMul,
  mul,
  range,
  reshape,
  split,
  stack,
  sub,
  sum,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  tensor2d,
  tidy,
  unstack,
} from "@tensorflow/tfjs-core";
import { throughActivation } from "./activation.ts";
import { validVoxels } from "./counts.ts";
import { fusedOverlapRegions } from "./fused/reductions/overlap-regions.ts";
import { type Kernel, type KernelInputs, kernelArguments, runKernel } from "./kernel.ts";
import type { SettledRatio } from "./options.ts";
import { type Overlap, overlapFrom } from "./overlap.ts";
import { type OverlapAttributes, overlapTerms, readOverlap, slopeOfOverlap } from "./overlap-sums.ts";
import type { Problem } from "./problem.ts";
import { detached } from "./stop-gradient.ts";
import { sumMap, sumVoxels } from "./sum-voxels.ts";
import { weighed } from "./targets.ts";

/** What the kernel of regions reads: labels are class indices. */
export interface RegionInputs extends KernelInputs {
  /** The region of each voxel, from 1; 0 for none; int32 `[batch, voxels]`. */
  readonly regions: Tensor2D;
}

/** What it is told. */
export interface RegionAttributes extends OverlapAttributes {
  /** For each region the place of its sample and class among `[batch, classes]`. */
  readonly rows: readonly number[];
}

/**
 * I, FP, FN and E of all, `[4, batch, classes]`, and behind them, all in one row, I, FP and FN of each region: v p and v (1 - p) of its own voxels,
 * and v p outside of its class.
 */
export const overlapRegionsKernel: Kernel<RegionInputs, RegionAttributes> = {
  fused: fusedOverlapRegions,
  forward(inputs, { rows, ...attributes }) {
    const { activated, target, weights } = readOverlap(inputs, attributes);
    const terms = overlapTerms(activated, target, attributes.product);
    const sums = stack(terms.map((term) => sumVoxels(weighed(term, weights))));
    const ofRegions = (values: Tensor3D) => {
      const own = sum(weighed(mul(values, target), weights), -1);
      const ofRegion = (index: number) => sum(sumMap(mul(own, isRegion(inputs.regions, index)) as Tensor2D), 0, true);
      // one after the other: memory does not grow with their number
      return rows.map((_row, index) => tidy(() => ofRegion(index)));
    };
    const [, falsePositives] = unstack(sums) as Parts;
    return concat([
      reshape(sums, [-1]),
      ...ofRegions(activated.probability),
      reshape(matMul(placesOf(rows, inputs), reshape(falsePositives, [-1, 1])), [-1]),
      ...ofRegions(activated.complement),
    ] as Tensor1D[]);
  },
  backward(upstream, inputs, { rows, ...attributes }) {
    const { activated, target, weights } = readOverlap(inputs, attributes);
    const [batch, , classes] = inputs.predictions.shape;
    const sizes = [4 * batch * classes, rows.length, rows.length, rows.length];
    const [ofAll, ofOwn, ofOutside, ofMissing] = split(upstream as Tensor1D, sizes) as [
      Tensor1D,
      Tensor1D,
      Tensor1D,
      Tensor1D,
    ];
    const [first, falsePositives, ...others] = unstack(reshape(ofAll, [4, batch, classes])) as Parts;
    const outside = reshape(matMul(placesOf(rows, inputs), reshape(ofOutside, [-1, 1]), true), [batch, classes]);
    const ofSums = [first, add(falsePositives, outside) as Tensor2D, ...others];
    const slope = slopeOfOverlap(ofSums, activated, target, attributes.product);
    const slopes = split(sub(ofOwn, ofMissing), rows.length) as Tensor1D[];
    const ofRegion = (index: number) => mul(isRegion(inputs.regions, index), slopes[index] as Tensor1D) as Tensor2D;
    let ofRegions = ofRegion(0);
    for (let index = 1; index < rows.length; index++) {
      const next = tidy(() => add(ofRegions, ofRegion(index)) as Tensor2D);
      dispose(ofRegions);
      ofRegions = next;
    }
    const own = mul(target, reshape(ofRegions, [batch, -1, 1]));
    return weighed(throughActivation(add(slope, own) as Tensor3D, activated, attributes.activation), weights);
  },
};

/** I, FP, FN and E, each `[batch, classes]`. */
type Parts = [Tensor2D, Tensor2D, Tensor2D, Tensor2D];

/** 1 on the voxels of a region, `[batch, voxels]`. */
function isRegion(numbers: Tensor2D, index: number): Tensor2D {
  return detached(() => cast(equal(numbers, index + 1), "float32"));
}

/** 1 where a region belongs, `[regions, batch x classes]`. */
function placesOf(rows: readonly number[], { predictions }: RegionInputs): Tensor2D {
  const [batch, , classes] = predictions.shape;
  const places = range(0, batch * classes, 1, "int32");
  return detached(() => cast(equal(tensor2d([...rows], [rows.length, 1], "int32"), places), "float32") as Tensor2D);
}

/** Parts of the voxels of a problem, each of one sample and one class. */
export interface Regions {
  /** The region of each voxel, from 1; 0 for none; int32 `[batch, voxels]`. */
  readonly numbers: Tensor2D;
  /** For each region n C + c: its sample, the number of classes, its class (0 where there is one). */
  readonly rows: readonly number[];
}

/**
 * The overlap of a prepared problem whose labels are class indices, and that of each region of the truth by itself: everything that is of another
 * class belongs to all regions of a class in the same way, so that one pass over the voxels serves any number of them.
 *
 * ```math
 * I_r = \sum_{i \in r} v_i p_{ic}, \quad FP_r = \sum_{i :\, g_{ic} = 0} v_i p_{ic}, \quad FN_r = \sum_{i \in r} v_i (1 - p_{ic})
 * ```
 *
 * with the class c of the region r, whose other regions have no part in it.
 *
 * @param problem - as {@link prepare} returns it; labels are class indices
 * @param options - which intersection, and whether class 0 takes part in the overlap
 * @param regions - at least one; see {@link Regions}
 * @returns the record of {@link overlap}, and one of the regions, `[regions, 1]`, in which `valid` is the weight of a region's own voxels
 *
 * @example
 * ```ts
 * import { overlapAndRegionSums, prepare, ratioRules, readOptions } from "@lossary/core-reduce";
 * import { tensor2d, tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor2d([[1, 0, 1, 1]], [1, 4], "int32");
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * const options = readOptions("myLoss", {}, ratioRules);
 * const parts = { numbers: tensor2d([[1, 0, 2, 2]], [1, 4], "int32"), rows: [0, 0] };
 * const { regions } = overlapAndRegionSums(prepare("myLoss", truth, prediction, options), options, parts);
 * regions.intersection.print(); // 0.9, 0.9
 * regions.falsePositives.print(); // 0.2, 0.2
 * ```
 */
export function overlapAndRegionSums(
  problem: Problem,
  options: Pick<SettledRatio, "includeBackground" | "intersection">,
  { numbers, rows }: Regions,
): { readonly overlap: Overlap; readonly regions: Omit<Overlap, "squaredErrors"> } {
  const { batch, classes, fused } = problem;
  const { inputs, attributes } = kernelArguments(problem);
  const told = { ...attributes, product: options.intersection === "product", rows };
  const sums = runKernel(overlapRegionsKernel, { ...inputs, regions: numbers }, told, fused) as Tensor1D;
  const [ofAll, ofRegions] = split(sums, [4 * batch * classes, 3 * rows.length]) as [Tensor1D, Tensor1D];
  const parts = unstack(reshape(ofAll, [4, batch, classes])) as Tensor2D[];
  const [intersection, falsePositives, falseNegatives] = unstack(reshape(ofRegions, [3, rows.length, 1])) as [
    Tensor2D,
    Tensor2D,
    Tensor2D,
  ];
  const labelled = detached(() => add(intersection, falseNegatives) as Tensor2D);
  return {
    overlap: overlapFrom(parts, validVoxels(problem), options.includeBackground),
    regions: {
      intersection,
      falsePositives,
      falseNegatives,
      predicted: add(intersection, falsePositives),
      labelled,
      valid: labelled,
    },
  };
}
