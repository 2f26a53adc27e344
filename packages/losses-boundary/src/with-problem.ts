import { type Problem, weightsOf, withGradient } from "@lossary/core-reduce";
import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";

/**
 * Applies `forward` to p and says what its gradient is. Labels and weights are kept as they were given: whatever is made of them, the target
 * first of all, is made for the moment, and again on the way back.
 */
export function withProblem<Out extends Tensor>(
  problem: Problem,
  p: Tensor3D,
  forward: (p: Tensor3D, problem: Problem) => Out,
  backward: (upstream: Out, p: Tensor3D, problem: Problem) => Tensor3D,
): Out {
  const weights = weightsOf(problem);
  const kept: Tensor[] = weights ? [p, problem.labels, weights] : [p, problem.labels];
  const at = ([, labels, given]: readonly Tensor[]): Problem => ({
    ...problem,
    labels: labels as Tensor3D | Tensor2D,
    weights: given as Tensor2D | undefined,
    ignoreLabel: undefined,
  });
  return withGradient<Tensor3D, Out>(
    p,
    kept,
    (x) => forward(x, at(kept)),
    (upstream, saved) => backward(upstream, saved[0] as Tensor3D, at(saved)),
  );
}
