import { customGrad, engine, type GradSaveFunc, keep, type Tensor } from "@tensorflow/tfjs-core";
import { viewAs } from "./view-as.ts";

/**
 * Applies `forward` to `x` and says what its gradient is.
 *
 * Whatever `backward` needs must be in `kept`: tensors that a closure captured may be disposed before the backward pass
 * (the cpu backend hides this, the others throw). Kept tensors cost memory only while something is differentiated.
 *
 * While something is, `forward` may `leave` tensors of its own for `backward`, which gets them behind those that are kept.
 *
 * @param x - what the result is differentiated with respect to
 * @param kept - what `backward` needs
 * @param forward - makes the value, outside the gradient tape
 * @param backward - makes the gradient with respect to `x` of that with respect to the value and of what was kept
 * @returns what `forward` made
 *
 * @example
 * ```ts
 * import { withGradient } from "@lossary/core-reduce";
 * import { grad, round, tensor1d, type Tensor } from "@tensorflow/tfjs";
 *
 * // rounding, with the gradient of what was rounded: a straight-through estimator
 * const rounded = (x: Tensor) => withGradient(x, [], (values) => round(values), (upstream) => upstream);
 * grad(rounded)(tensor1d([0.2, 0.7])).print(); // 1, 1
 * ```
 */
export function withGradient<In extends Tensor, Out extends Tensor>(
  x: In,
  kept: readonly Tensor[],
  forward: (x: In, leave?: (tensor: Tensor) => void) => Out,
  backward: (upstream: Out, kept: readonly Tensor[]) => Tensor,
): Out {
  const isTaped = engine().isTapeOn();
  // made here, where the tape sees it: second derivatives find their way from a view to what it shows
  const views = isTaped ? kept.map((tensor) => viewAs(tensor, tensor.shape)) : [];
  const op = customGrad<Out>((...given: (Tensor | GradSaveFunc)[]) => {
    const [input, save] = given as [In, GradSaveFunc];
    const left: Tensor[] = [];
    const value = forward(input, isTaped ? (tensor) => left.push(tensor) : undefined);
    save(keeping([...views, ...left]));
    return { value, gradFunc: (upstream, saved) => backward(upstream, saved) };
  });
  return op(x);
}

/**
 * A list of tensors of which tfjs keeps these very ones. It keeps what `save` is given by mapping the list to clones, and on the wasm backend
 * a clone copies every byte; a view shares them. Were tfjs to walk over the list in another way, it would keep copies as before.
 */
function keeping(tensors: readonly Tensor[]): Tensor[] {
  const list = [...tensors];
  return Object.assign(list, { map: (() => tensors.map((tensor) => keep(tensor))) as typeof list.map });
}
