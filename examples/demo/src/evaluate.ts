import type { LayersModel } from "@tensorflow/tfjs-layers";
import { hausdorff95 } from "./hausdorff.ts";
import { countOverlap, dice, foregroundMean, iou, type Overlap } from "./metrics.ts";
import { predict } from "./predict.ts";
import type { Dataset, Sample } from "./sample.ts";

export interface Evaluation {
  predictions: { sample: Sample; prediction: Uint8Array }[];
  /** Per class, background first, over all pixels of all images together. */
  dice: number[];
  iou: number[];
  meanDice: number;
  meanIou: number;
}

/** Predicts the validation images, no more than about `pixels` in all (evenly chosen ones), and compares them with the truth. */
export async function evaluate(
  model: LayersModel,
  dataset: Dataset,
  pixels = Number.POSITIVE_INFINITY,
): Promise<Evaluation> {
  const classes = dataset.classNames.length;
  const total = dataset.validation.reduce((sum, { height, width }) => sum + height * width, 0);
  const every = Math.max(1, Math.ceil(total / pixels));
  const predictions: Evaluation["predictions"] = [];
  let counts: Overlap[] | undefined;
  for (
    let index = Math.floor(every / 2) % dataset.validation.length;
    index < dataset.validation.length;
    index += every
  ) {
    const sample = dataset.validation[index] as Sample;
    const prediction = await predict(model, sample);
    predictions.push({ sample, prediction });
    counts = countOverlap(sample.mask, prediction, classes, counts);
  }
  const perClass = counts ?? [];
  const diceOf = perClass.map(dice);
  const iouOf = perClass.map(iou);
  return {
    predictions,
    dice: diceOf,
    iou: iouOf,
    meanDice: foregroundMean(diceOf),
    meanIou: foregroundMean(iouOf),
  };
}

/** Mean 95th percentile Hausdorff distance of each class, background first, over the images where truth or prediction has it. */
export function surfaceDistances({ predictions }: Evaluation, classes: number): number[] {
  return Array.from({ length: classes }, (_, label) => {
    const known = predictions
      .map(({ sample, prediction }) => hausdorff95(sample.mask, prediction, label, sample))
      .filter((distance) => !Number.isNaN(distance));
    return known.reduce((sum, distance) => sum + distance, 0) / known.length;
  });
}
