import { customGrad, reshape, type Tensor } from "@tensorflow/tfjs-core";

/**
 * The same numbers under another shape, differentiable, in the same memory. tfjs's own reshape keeps its input for the backward pass, and on
 * the wasm backend what is kept is copied: a batch of logits would be held twice.
 *
 * @param x - any tensor
 * @param shape - as many numbers in other axes
 */
export function viewAs<T extends Tensor>(x: Tensor, shape: readonly number[]): T {
  const from = x.shape;
  // what runs inside a custom gradient is not recorded, so nothing is kept; the shape is all that the way back needs
  const op = customGrad<T>((given) => ({
    value: reshape(given as Tensor, [...shape]) as T,
    gradFunc: (upstream) => reshape(upstream, from),
  }));
  return op(x);
}
