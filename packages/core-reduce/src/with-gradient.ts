import { customGrad, engine, type GradSaveFunc, keep, type Tensor } from "@tensorflow/tfjs-core";
import { viewAs } from "./view-as.ts";

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
  // made here, where the tape sees it: second derivatives find their way from a view to what it shows
  const views = engine().isTapeOn() ? kept.map((tensor) => viewAs(tensor, tensor.shape)) : [];
  const op = customGrad<Out>((...given: (Tensor | GradSaveFunc)[]) => {
    const [input, save] = given as [In, GradSaveFunc];
    save(keeping(views));
    return { value: forward(input), gradFunc: (upstream, saved) => backward(upstream, saved) };
  });
  return op(x);
}

/**
 * A list of tensors of which tfjs keeps these very ones. It keeps what `save` is given by mapping the list to clones, and on the wasm backend
 * a clone copies every byte; a view shares them. Were tfjs to walk over the list in another way, it would keep copies as before.
 */
function keeping(views: readonly Tensor[]): Tensor[] {
  const list = [...views];
  return Object.assign(list, { map: (() => views.map((view) => keep(view))) as typeof list.map });
}
