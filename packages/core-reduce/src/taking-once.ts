import type { Tensor } from "@tensorflow/tfjs-core";

/** What a forward pass has left is there once: the gradient takes its place, so that a second time, inside another gradient, it is not there any more. */
export function takingOnce(): (left: Tensor | undefined) => Tensor | undefined {
  let isLeft = true;
  return (left) => {
    const taken = isLeft ? left : undefined;
    isLeft = false;
    return taken;
  };
}
