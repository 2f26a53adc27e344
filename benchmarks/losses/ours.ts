import { prepare, probabilities, readOptions, sharedRules } from "@lossary/core-reduce";
import * as boundary from "@lossary/losses-boundary";
import * as compound from "@lossary/losses-compound";
import * as distribution from "@lossary/losses-distribution";
import * as region from "@lossary/losses-region";
import { dispose, type Tensor, tidy } from "@tensorflow/tfjs-core";
import type { Loss } from "./composed.ts";
import type { Problem } from "./problems.ts";

type AnyLoss = (labels: Tensor, logits: Tensor, options: object) => Tensor;

const { blobLoss, ...otherCompound } = compound;
const exported = { ...region, ...distribution, ...boundary, ...otherCompound };

/** Every loss of the library by its name. */
const losses = Object.fromEntries([
  ...Object.entries(exported).filter(([name]) => name.endsWith("Loss")),
  ["blobLoss", blobLoss(region.diceLoss)],
]) as Readonly<Record<string, AnyLoss>>;

/** The losses that the targets speak of. */
export const compared: readonly string[] = ["diceLoss", "tverskyLoss", "crossEntropyLoss", "focalLoss"];

/** The names of all losses, those of the targets first. */
export const lossNames: readonly string[] = [...new Set([...compared, ...Object.keys(losses)])];

/** Losses of scores or of distances, which are no logits. */
const withoutActivation = ["lovaszHingeLoss", "signedDistanceRegressionLoss"];

/** Whether a loss is measured on a problem: between one class and nothing there is no distance. */
export function takes(name: string, { classes }: Problem): boolean {
  return name !== "generalizedWassersteinDiceLoss" || classes > 1;
}

/** Whether a loss is measured on fused kernels alone: balls in a volume take anything else minutes a pass. */
export function takesFusedAlone(name: string, { shape }: Problem): boolean {
  return name === "hausdorffConvolutionLoss" && shape.length > 4;
}

/** The least that any loss of probabilities must do: one pass that reads the logits, takes their exponentials, and writes as much as a gradient. */
export function floor({ logits, classes }: Problem): () => void {
  const options = { activation: classes === 1 ? "sigmoid" : "softmax", fused: true } as const;
  const settled = readOptions("floor", options, sharedRules);
  // with targets of any kind of its own size: none is read
  return () => dispose(tidy(() => probabilities(prepare("floor", logits, logits, settled))));
}

/** One of ours, as one calls it on logits. */
export function ours(name: string, { classes }: Problem, fused: boolean): Loss {
  const loss = losses[name];
  if (loss === undefined) throw new Error(`there is no loss ${name}`);
  const activation = classes === 1 ? "sigmoid" : "softmax";
  const options = {
    fused,
    ...(!withoutActivation.includes(name) && { activation }),
    ...(name === "weightedCrossEntropyLoss" && { classWeights: new Array(classes).fill(2) }),
    ...(name === "generalizedWassersteinDiceLoss" && { distanceMatrix: distancesBetween(classes) }),
  };
  return (labels, logits) => loss(labels, logits, options);
}

function distancesBetween(classes: number): number[][] {
  return Array.from({ length: classes }, (_row, l) => Array.from({ length: classes }, (_, k) => Math.abs(l - k)));
}
