/** Pixels of one class: in truth and prediction both, in the prediction, in the truth. Sums over images add up. */
export interface Overlap {
  both: number;
  predicted: number;
  labelled: number;
}

/** Counts the agreement of two label maps for every class, and adds it to `counts` of images seen before. */
export function countOverlap(
  truth: ArrayLike<number>,
  prediction: ArrayLike<number>,
  classes: number,
  counts: Overlap[] = Array.from({ length: classes }, () => ({ both: 0, predicted: 0, labelled: 0 })),
): Overlap[] {
  if (truth.length !== prediction.length) {
    throw new Error(
      `countOverlap: prediction must have ${truth.length} pixels like the truth, got ${prediction.length}`,
    );
  }
  for (let i = 0; i < truth.length; i++) {
    const label = truth[i] as number;
    const guess = prediction[i] as number;
    (counts[label] as Overlap).labelled++;
    (counts[guess] as Overlap).predicted++;
    if (label === guess) (counts[label] as Overlap).both++;
  }
  return counts;
}

/** Dice coefficient of a class, 2 |A and B| / (|A| + |B|); NaN where it occurs neither in truth nor prediction. */
export function dice({ both, predicted, labelled }: Overlap): number {
  return (2 * both) / (predicted + labelled);
}

/** Intersection over union of a class (Jaccard index); NaN where it occurs neither in truth nor prediction. */
export function iou({ both, predicted, labelled }: Overlap): number {
  return both / (predicted + labelled - both);
}

/** Mean over the foreground classes (all but class 0) that occur; NaN if none does. */
export function foregroundMean(perClass: number[]): number {
  const known = perClass.slice(1).filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
