import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import { checkActivation, checkGradientsRegistered, checkTensors } from "./check-problem.ts";
import { refuse } from "./errors.ts";
import type { Activation } from "./loss.ts";
import type { SettledShared } from "./options.ts";
import { viewAs } from "./view-as.ts";

/**
 * One loss call, checked and flattened: what every reduction works on.
 *
 * All spatial axes become one, so that nothing below ever sees a tensor of rank 5, on which backends are wrong or throw.
 */
export interface Problem {
  /** The function whose name errors carry. */
  readonly who: string;
  /** `[batch, voxels, classes]`, float32. */
  readonly predictions: Tensor3D;
  /** Dense `[batch, voxels, classes]`, or int32 class indices `[batch, voxels]`. */
  readonly labels: Tensor3D | Tensor2D;
  /** `[batch, voxels]`, or nothing where every voxel weighs 1. */
  readonly weights: Tensor2D | undefined;
  /** How many samples there are. */
  readonly batch: number;
  /** The spatial axes that the caller's tensors have; none where a sample is one voxel. */
  readonly spatial: readonly number[];
  /** How many voxels a sample has: the product of the spatial axes. */
  readonly voxels: number;
  /** How many classes there are, background included. */
  readonly classes: number;
  /** What turns the predictions into probabilities. */
  readonly activation: Activation;
  /** Whether channels are independent of each other. */
  readonly multiLabel: boolean;
  /** The class index that is ignored. */
  readonly ignoreLabel: number | undefined;
  /** Whether fused kernels may run. */
  readonly fused: boolean;
}

/**
 * Checks labels, predictions and the shared options against each other, and flattens the spatial axes: the first step of every loss.
 * Shapes and dtypes are checked always, values never: reading them would stall a device.
 *
 * @param who - the function whose name errors carry
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]` or `[batch, ...spatial, 1]`
 * @param predictions - `[batch, ...spatial, classes]`, float32, with none to three spatial axes
 * @param options - the shared options after {@link readOptions}
 * @param channels - `"independent"` for a loss that treats each channel alone whatever the activation: softmax with several labels a voxel is
 * no contradiction there, and channels that exclude each other are one
 * @returns the call as every reduction takes it; its tensors share the memory of those given
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { prepare, readOptions, sharedRules } from "@lossary/core-reduce";
 * import { zeros } from "@tensorflow/tfjs";
 *
 * const labels = zeros([2, 8, 6], "int32");
 * const problem = prepare("myLoss", labels, zeros([2, 8, 6, 3]), readOptions("myLoss", {}, sharedRules));
 * console.log(problem.predictions.shape.join(" ")); // 2 48 3
 * console.log(problem.labels.shape.join(" ")); // 2 48
 * ```
 */
export function prepare(
  who: string,
  labels: Tensor,
  predictions: Tensor,
  options: SettledShared,
  channels: "as given" | "independent" = "as given",
): Problem {
  checkTensors(who, labels, predictions);
  const shape = predictions.shape;
  const batch = shape[0] as number;
  const classes = shape.at(-1) as number;
  const spatial = shape.slice(1, -1);
  const voxels = spatial.reduce((product, side) => product * side, 1);
  if (voxels === 0 || batch === 0 || classes === 0) {
    refuse(who, "predictions", "a tensor without an axis of length 0", predictions);
  }
  const multiLabel = checkActivation(who, options, classes, channels);
  if (options.classWeights !== undefined && options.classWeights.length !== classes) {
    refuse(who, "classWeights", `${classes} numbers, one a class, background included`, options.classWeights);
  }
  if (!options.includeBackground && classes === 1) {
    throw new Error(`${who}: includeBackground: false leaves no class of predictions with 1 class`);
  }
  checkGradientsRegistered(who);
  const target = flattenLabels(who, labels, predictions, [batch, voxels, classes], options.ignoreLabel);
  return {
    who,
    predictions: viewAs<Tensor3D>(predictions, [batch, voxels, classes]),
    labels: target,
    weights: flattenWeights(who, options.weights, predictions, [batch, voxels]),
    batch,
    spatial,
    voxels,
    classes,
    activation: options.activation,
    multiLabel,
    ignoreLabel: options.ignoreLabel,
    fused: options.fused,
  };
}

function flattenLabels(
  who: string,
  labels: Tensor,
  predictions: Tensor,
  [batch, voxels, classes]: [number, number, number],
  ignoreLabel: number | undefined,
): Tensor3D | Tensor2D {
  const shape = predictions.shape;
  const indexShape = shape.slice(0, -1);
  const sameAs = (expected: readonly number[]) =>
    labels.rank === expected.length && expected.every((side, axis) => side === labels.shape[axis]);
  const asIndices = sameAs(indexShape) || sameAs([...indexShape, 1]);
  if (asIndices && labels.dtype === "int32") return viewAs<Tensor2D>(labels, [batch, voxels]);
  const allowed = `[${shape.join(",")}] like predictions, or int32 class indices [${indexShape.join(",")}]`;
  if (!sameAs(shape)) refuse(who, "labels", allowed, labels);
  if (labels.dtype !== "float32" && labels.dtype !== "int32" && labels.dtype !== "bool") {
    refuse(who, "labels", "float32, int32 or bool", labels);
  }
  if (ignoreLabel !== undefined) {
    throw new Error(
      `${who}: ignoreLabel needs int32 class indices [${indexShape.join(",")}] (got dense labels); use weights, 0 ignores a voxel`,
    );
  }
  return viewAs<Tensor3D>(labels, [batch, voxels, classes]);
}

function flattenWeights(
  who: string,
  weights: Tensor | undefined,
  predictions: Tensor,
  [batch, voxels]: [number, number],
): Tensor2D | undefined {
  if (weights === undefined) return undefined;
  const expected = predictions.shape.slice(0, -1);
  const fits = weights.rank === expected.length && expected.every((side, axis) => side === weights.shape[axis]);
  if (!fits || (weights.dtype !== "float32" && weights.dtype !== "int32" && weights.dtype !== "bool")) {
    refuse(who, "weights", `a number tensor [${expected.join(",")}], one weight a voxel`, weights);
  }
  return viewAs<Tensor2D>(weights, [batch, voxels]);
}

/**
 * Whether labels are class indices instead of a dense target.
 *
 * @param problem - as {@link prepare} returns it
 * @returns true for `[batch, voxels]`
 *
 * @example
 * ```ts
 * import { hasIndices } from "@lossary/core-reduce";
 * import { type Rank, zeros } from "@tensorflow/tfjs";
 *
 * console.log(hasIndices({ labels: zeros<Rank.R2>([1, 4], "int32") })); // true
 * ```
 */
export function hasIndices(problem: Pick<Problem, "labels">): boolean {
  return problem.labels.rank === 2;
}
