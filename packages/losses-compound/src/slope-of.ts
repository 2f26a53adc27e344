import { engine, grad, type Tensor } from "@tensorflow/tfjs-core";

/**
 * The gradient of a scalar `f` at `x`, for use on the way back of another gradient: what is not kept may be computed again there.
 *
 * tfjs knows one tape. A gradient that begins while no tape is running, as on the way back of the outermost one, begins a new tape and clears it
 * in the end, and with it that of the gradient on whose way it is.
 */
export function slopeOf<T extends Tensor>(f: (x: T) => Tensor, x: T): T {
  const { state } = engine();
  const { activeTape } = state;
  try {
    return grad(f as (x: Tensor) => Tensor)(x) as T;
  } finally {
    state.activeTape = activeTape;
  }
}
