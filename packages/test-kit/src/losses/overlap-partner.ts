import {
  add,
  cast,
  div,
  mean,
  mul,
  oneHot,
  reshape,
  sigmoid,
  softmax,
  sub,
  sum,
  type Tensor,
} from "@tensorflow/tfjs-core";

/** One minus Dice over the whole batch, in plain ops: what a loss of distances is trained together with. */
export function overlapPartner(labels: Tensor, predictions: Tensor, options?: { activation?: string }): Tensor {
  const classes = predictions.shape.at(-1) as number;
  const voxels = predictions.size / classes;
  const logits = reshape(predictions, [voxels, classes]);
  const p =
    options?.activation === "softmax" ? softmax(logits) : options?.activation === "sigmoid" ? sigmoid(logits) : logits;
  const isDense = labels.size === predictions.size;
  // cast afterwards: a one-hot that is made as float32 is wrong on the wasm backend
  const g = isDense
    ? reshape(cast(labels, "float32"), [voxels, classes])
    : cast(oneHot(reshape(labels, [voxels]), classes), "float32");
  const shared = add(mul(2, sum(mul(p, g), 0)), 1e-5);
  return mean(sub(1, div(shared, add(sum(add(p, g), 0), 1e-5))));
}
