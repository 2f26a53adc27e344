import { engine, getGradient, type Tensor } from "@tensorflow/tfjs-core";
import { refuse } from "./errors.ts";
import type { SettledShared } from "./options.ts";

/** Refuses predictions and labels that no loss could mean, but for the shape of labels. */
export function checkTensors(who: string, labels: Tensor, predictions: Tensor): void {
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
export function checkActivation(
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
export function checkGradientsRegistered(who: string): void {
  if (engine().isTapeOn() && getGradient("Sum") == null) {
    throw new Error(
      `${who}: training needs the gradients of tfjs, which @tensorflow/tfjs-core alone does not register; ` +
        `import "@tensorflow/tfjs" or "@tensorflow/tfjs-layers" once in your program`,
    );
  }
}
