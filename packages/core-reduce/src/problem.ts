import { engine, getGradient, type Tensor, type Tensor2D, type Tensor3D } from "@tensorflow/tfjs-core";
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
  readonly batch: number;
  readonly spatial: readonly number[];
  readonly voxels: number;
  readonly classes: number;
  readonly activation: Activation;
  readonly multiLabel: boolean;
  readonly ignoreLabel: number | undefined;
  readonly fused: boolean;
}

/**
 * Checks labels, predictions and the shared options against each other, and flattens the spatial axes.
 * Shapes and dtypes are checked always, values never: reading them would stall a device.
 *
 * @param channels - `"independent"` for a loss that treats each channel alone whatever the activation: softmax with several labels a voxel is
 * no contradiction there, and channels that exclude each other are one
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

function checkTensors(who: string, labels: Tensor, predictions: Tensor): void {
  if (!isTensor(predictions)) refuse(who, "predictions", "a tensor [batch, ...spatial, classes]", predictions);
  if (!isTensor(labels)) refuse(who, "labels", "a tensor", labels);
  if (predictions.rank < 2 || predictions.rank > 5) {
    refuse(who, "predictions", "a tensor [batch, ...spatial, classes] with 0 to 3 spatial axes", predictions);
  }
  if (predictions.dtype !== "float32") {
    refuse(who, "predictions", "float32 (labels come first, predictions second)", predictions);
  }
}

function isTensor(value: unknown): boolean {
  return typeof value === "object" && value !== null && "dataId" in value && "dtype" in value;
}

/** Whether channels are independent; throws for what an activation or a loss cannot mean. */
function checkActivation(
  who: string,
  options: SettledShared,
  classes: number,
  channels: "as given" | "independent",
): boolean {
  const { activation, multiLabel } = options;
  if (activation === "softmax" && classes === 1) {
    throw new Error(
      `${who}: activation "softmax" over 1 class is always 1; use "sigmoid", or predictions with more classes`,
    );
  }
  if (activation === "softmax" && multiLabel && channels === "as given") {
    throw new Error(
      `${who}: multiLabel: true contradicts activation "softmax", which makes classes exclusive; use "sigmoid"`,
    );
  }
  if (channels === "independent") {
    if (multiLabel === false)
      throw new Error(`${who}: multiLabel: false contradicts a loss that treats each channel alone`);
    return true;
  }
  return multiLabel ?? (activation === "sigmoid" || classes === 1);
}

/** tfjs-core alone registers no gradients; the small equations behind a reduction need them as soon as somebody differentiates. */
function checkGradientsRegistered(who: string): void {
  if (engine().isTapeOn() && getGradient("Sum") == null) {
    throw new Error(
      `${who}: training needs the gradients of tfjs, which @tensorflow/tfjs-core alone does not register; ` +
        `import "@tensorflow/tfjs" or "@tensorflow/tfjs-layers" once in your program`,
    );
  }
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

/** Whether labels are class indices instead of a dense target. */
export function hasIndices(problem: Pick<Problem, "labels">): boolean {
  return problem.labels.rank === 2;
}
