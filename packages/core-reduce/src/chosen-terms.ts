import { cast, greater, split, type Tensor, type Tensor1D, type Tensor2D } from "@tensorflow/tfjs-core";
import { chosenSums, withUpstream } from "./chosen-sums.ts";
import { type ErrorTerms, termArguments } from "./cross-entropy.ts";
import { refuseSoftSmoothing } from "./cross-entropy-map.ts";
import { type CrossEntropyInputs, crossEntropyKernel } from "./cross-entropy-terms.ts";
import { listed, runBackward, runForward } from "./kernel.ts";
import type { OverlapAndCosts, VoxelChoice } from "./overlap-cross-entropy.ts";
import type { Problem } from "./problem.ts";
import { takingOnce } from "./taking-once.ts";
import { withGradient } from "./with-gradient.ts";

/**
 * Makes the map of the cross entropy of a prepared problem, chooses some of its voxels, and adds up theirs. Of the size of the map nothing is kept but what
 * was chosen, and of the size of the predictions what the gradient is made of, in the place of it.
 *
 * ```math
 * K_n = \sum_i w_i(m)\, m_i, \qquad m_i = -\sum_c a_c\, g'_{ic} \ln p_{ic}
 * ```
 *
 * With coefficients of negatives m has their terms too. w is what the choice takes of a voxel, constant for every gradient.
 *
 * @param problem - as {@link prepare} returns it
 * @param terms - the coefficients of the cross entropy, and its label smoothing
 * @param choice - see {@link VoxelChoice}
 * @returns K, and what it is to be divided by
 * @throws Error for label smoothing of a float32 target
 *
 * @example
 * ```ts
 * import { chosenTerms, prepare, ratioRules, readOptions, selectLargest } from "@lossary/core-reduce";
 * import { tensor2d, tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * const problem = prepare("myLoss", truth, prediction, readOptions("myLoss", {}, ratioRules));
 * const one = tensor2d([[1]]);
 * const { costs, divisor } = chosenTerms(
 *   problem,
 *   { positive: one, negative: one, labelSmoothing: 0 },
 *   { choose: (map) => selectLargest(map, undefined, 50) },
 * );
 * costs.print(); // 1.7148: -ln 0.3 - ln 0.6
 * divisor.print(); // 2
 * ```
 */
export function chosenTerms(
  problem: Problem,
  terms: ErrorTerms & { readonly labelSmoothing: number },
  { choose, divisorOf }: VoxelChoice,
): Pick<OverlapAndCosts, "costs" | "divisor"> {
  refuseSoftSmoothing(problem, terms);
  const { fused, weights } = problem;
  // the choice goes by m alone: voxel weights say here which voxels count, and what is chosen has them as factors
  const { inputs, attributes } = termArguments({ ...problem, weights: weights && onesOf(weights) }, terms);
  const told = { ...attributes, gamma: 0 };
  const { tensors, named } = listed<CrossEntropyInputs>(inputs);
  const take = takingOnce();
  const sums = withGradient<Tensor, Tensor1D>(
    inputs.predictions,
    tensors,
    (_, leave) => {
      const { forward } = crossEntropyKernel.fused;
      const [map, left] = runForward(forward, named(tensors), told, fused && { leaves: leave !== undefined }, () => [
        crossEntropyKernel.forward(named(tensors), told),
      ]) as [Tensor2D, Tensor?];
      const chosen = choose(map);
      leave?.(chosen);
      if (left) leave?.(left);
      return chosenSums(map, chosen, divisorOf, fused);
    },
    (upstream, saved) => {
      const [ofCosts] = split(upstream, 2) as [Tensor1D, Tensor1D];
      const given = named(saved);
      const [chosen, kept] = saved.slice(tensors.length) as [Tensor2D, Tensor?];
      const left = take(kept);
      const read = withUpstream(given, ofCosts);
      const { backward } = crossEntropyKernel.fused;
      return runBackward(
        backward,
        { ...read, upstream: chosen, ...(left && { factors: ofCosts }) },
        told,
        fused && { left },
        () => crossEntropyKernel.backward(chosen, read, told),
      );
    },
  );
  const [costs, divisor] = split(sums, 2) as [Tensor1D, Tensor1D];
  return { costs, divisor };
}

/** 1 where a voxel weighs something, else 0. */
function onesOf(weights: Tensor2D): Tensor2D {
  return cast(greater(weights, 0), "float32");
}
