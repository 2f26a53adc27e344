import { oneMinusRatio, overlap, type RatioOptions } from "@lossary/core-reduce";
import { add, mean, mul, type Tensor } from "@tensorflow/tfjs-core";

/** The Dice loss, with which a boundary loss is trained. */
export function regionPartner(labels: Tensor, predictions: Tensor, options?: RatioOptions): Tensor {
  const { intersection, falsePositives, falseNegatives } = overlap(labels, predictions, options);
  const smoothing = { smoothNumerator: 1e-5, smoothDenominator: 1e-5 };
  return mean(oneMinusRatio(add(falsePositives, falseNegatives), mul(2, intersection), smoothing));
}
