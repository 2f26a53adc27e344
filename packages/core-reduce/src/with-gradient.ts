import { customGrad, type GradSaveFunc, type Tensor } from "@tensorflow/tfjs-core";

/**
 * Applies `forward` to `x` and says what its gradient is.
 *
 * Whatever `backward` needs must be in `kept`: tensors that a closure captured may be disposed before the backward pass
 * (the cpu backend hides this, the others throw). Kept tensors cost memory only while something is differentiated.
 */
export function withGradient<In extends Tensor, Out extends Tensor>(
  x: In,
  kept: readonly Tensor[],
  forward: (x: In) => Out,
  backward: (upstream: Out, kept: readonly Tensor[]) => Tensor,
): Out {
  const op = customGrad<Out>((...given: (Tensor | GradSaveFunc)[]) => {
    const [input, save] = given as [In, GradSaveFunc];
    save([...kept]);
    return { value: forward(input), gradFunc: (upstream, saved) => backward(upstream, saved) };
  });
  return op(x);
}
