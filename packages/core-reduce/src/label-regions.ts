import { argMax, cast, equal, greater, reshape, type Tensor2D, type Tensor3D, tidy } from "@tensorflow/tfjs-core";
import { channelsOf } from "./channels.ts";
import { fusedRegion } from "./fused/reductions/region.ts";
import { isFused, runConstant } from "./kernel.ts";
import { hasIndices, type Problem } from "./problem.ts";

/**
 * The regions of labels, one class after another: where the index of a class stands, or where dense labels are more than half of it, of which
 * there may be several a voxel, or none. What stands at ignored voxels means nothing.
 *
 * ```math
 * R_{ic} = [\, y_i = c \,] \quad \text{or} \quad [\, g_{ic} > \tfrac{1}{2} \,]
 * ```
 *
 * @param problem - of a prepared one the labels and what is said of them; with one class its region is that of index 1
 * @returns a function of the index of a class, from 0, that gives its region, `[batch, voxels, 1]`, float32, 0 or 1, constant for every gradient
 *
 * @example
 * ```ts
 * import { labelRegions, prepare, readOptions, sharedRules } from "@lossary/core-reduce";
 * import { tensor2d, zeros } from "@tensorflow/tfjs";
 *
 * const labels = tensor2d([[0, 2, 1, 2]], [1, 4], "int32");
 * const problem = prepare("myLoss", labels, zeros([1, 4, 3]), readOptions("myLoss", {}, sharedRules));
 *
 * labelRegions(problem)(2).print(); // 0, 1, 0, 1
 * ```
 */
export function labelRegions(
  problem: Pick<Problem, "labels" | "batch" | "voxels" | "classes" | "fused">,
): (label: number) => Tensor3D {
  if (!problem.fused || !isFused(fusedRegion)) return portableRegions(problem);
  const { labels, classes } = problem;
  return (label) => {
    const attributes = { classes, label: placeOf(problem, label) };
    return runConstant(fusedRegion, { labels }, attributes, true, () => portableRegions(problem)(label));
  };
}

/**
 * The regions of dense values of classes that exclude each other: each voxel is in that of its largest value, the first of equal ones.
 *
 * ```math
 * R_{ic} = [\, c = \operatorname{argmax}_k g_{ik} \,]
 * ```
 *
 * @param problem - as {@link labelRegions} takes it, of more than one class; `labels` are dense
 * @returns as {@link labelRegions} does
 *
 * @example
 * ```ts
 * import { largestRegions } from "@lossary/core-reduce";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const labels = tensor3d([[[0.4, 0.6], [0.7, 0.3], [0.5, 0.5]]]);
 * largestRegions({ labels, batch: 1, voxels: 3, classes: 2, fused: true })(0).print(); // 0, 1, 1
 * ```
 */
export function largestRegions(
  problem: Pick<Problem, "labels" | "batch" | "voxels" | "classes" | "fused">,
): (label: number) => Tensor3D {
  const largest = tidy(() => argMax(asFloats(problem.labels as Tensor3D), -1) as Tensor2D);
  return labelRegions({ ...problem, labels: largest });
}

type Labels = Pick<Problem, "labels" | "batch" | "voxels" | "classes" | "fused">;

function portableRegions(problem: Labels): (label: number) => Tensor3D {
  const { labels, batch, voxels } = problem;
  if (hasIndices(problem)) {
    const indices = reshape(labels, [batch, voxels, 1]);
    return (label) => tidy(() => cast(equal(indices, placeOf(problem, label)), "float32"));
  }
  const channels = channelsOf(labels as Tensor3D);
  return (label) => tidy(() => cast(greater(asFloats(channels(label)), 0.5), "float32"));
}

/** What stands for a class in its labels: with one class the index 1, and the channel 0. */
function placeOf(problem: Labels, label: number): number {
  return problem.classes === 1 && hasIndices(problem) ? 1 : label;
}

/** What is float32 already is not copied, as `cast` would. */
function asFloats(values: Tensor3D): Tensor3D {
  return values.dtype === "float32" ? values : cast(values, "float32");
}
