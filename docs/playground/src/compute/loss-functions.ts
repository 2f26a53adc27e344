import * as boundary from "@lossary/losses-boundary";
import * as compound from "@lossary/losses-compound";
import * as distribution from "@lossary/losses-distribution";
import * as region from "@lossary/losses-region";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { LossCall } from "../catalogue/call.ts";

type AnyLoss = (labels: Tensor, predictions: Tensor, options?: object) => Tensor;

const library = { ...distribution, ...region, ...boundary, ...compound } as unknown as Readonly<
  Record<string, AnyLoss>
>;

/** A loss of the library, called as it was set. */
export function lossFunction({ name, options, blob }: LossCall): (labels: Tensor, predictions: Tensor) => Tensor {
  const loss = blob ? (compound.blobLoss(named(blob.loss), blob.weights) as AnyLoss) : named(name);
  return (labels, predictions) => loss(labels, predictions, options);
}

function named(name: string): AnyLoss {
  const loss = library[name];
  if (!loss) throw new Error(`the library has no loss "${name}"`);
  return loss;
}
