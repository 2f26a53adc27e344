import {
  add,
  cast,
  concat,
  greater,
  mul,
  reshape,
  split,
  stack,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  unstack,
} from "@tensorflow/tfjs-core";
import { throughActivation } from "./activation.ts";
import { chosenSums, withUpstream } from "./chosen-sums.ts";
import { validVoxels } from "./counts.ts";
import { type ErrorTerms, termArguments } from "./cross-entropy.ts";
import { refuseSoftSmoothing } from "./cross-entropy-map.ts";
import {
  type CrossEntropyInputs,
  exchanged,
  gradientOfTerms,
  readTerms,
  surprise,
  type TermAttributes,
} from "./cross-entropy-terms.ts";
import { fusedOverlapCrossEntropy } from "./fused/reductions/overlap-cross-entropy.ts";
import { listed, runBackward, runForward } from "./kernel.ts";
import type { SettledRatio } from "./options.ts";
import { type Overlap, overlapFrom } from "./overlap.ts";
import { overlapTerms, slopeOfOverlap } from "./overlap-sums.ts";
import type { Problem } from "./problem.ts";
import { sumVoxels } from "./sum-voxels.ts";
import { takingOnce } from "./taking-once.ts";
import { weighed } from "./targets.ts";
import { withGradient } from "./with-gradient.ts";

/** What the kernel of overlap and a map of cross entropy is told. */
export interface OverlapCrossEntropyAttributes extends TermAttributes {
  /** Whether p g takes the place of min(p, g). */
  readonly product: boolean;
}

/** What its way back reads beside the inputs. */
export interface ChosenInputs extends CrossEntropyInputs {
  /** How much of the cross entropy of each voxel was chosen, `[batch, voxels]`. */
  readonly chosen: Tensor2D;
  /** The gradient with respect to the sums of overlap, `[4, batch, classes]`. */
  readonly upstream: Tensor3D;
}

/** The portable form: overlap sums, `[4, batch, classes]`, and the map of a cross entropy, which voxel weights do not multiply, `[batch, voxels]`. */
export const overlapCrossEntropyKernel = {
  fused: fusedOverlapCrossEntropy,
  forward(inputs: CrossEntropyInputs, attributes: OverlapCrossEntropyAttributes): [sums: Tensor, map: Tensor2D] {
    const { activated, hard, positive, negative, weights } = readTerms(inputs, attributes);
    const ofPositives = mul(positive, surprise(activated, 0));
    const terms = negative ? add(ofPositives, mul(negative, surprise(exchanged(activated), 0))) : ofPositives;
    const map = sum(terms, -1) as Tensor2D;
    const sums = overlapTerms(activated, hard, attributes.product).map((term) => sumVoxels(weighed(term, weights)));
    return [stack(sums), weights ? mul(map, cast(greater(weights, 0), "float32")) : map];
  },
  backward({ upstream, chosen, ...inputs }: ChosenInputs, attributes: OverlapCrossEntropyAttributes): Tensor {
    const { hard, weights, ...terms } = readTerms(inputs, attributes);
    const { activated } = terms;
    const ofTerms = weighed(gradientOfTerms(terms, { ...attributes, gamma: 0 }), chosen);
    const slope = slopeOfOverlap(unstack(upstream) as Tensor2D[], activated, hard, attributes.product);
    return add(ofTerms, weighed(throughActivation(slope, activated, attributes.activation), weights));
  },
};

/** How voxels are chosen by their cross entropy. Nothing of this is differentiated. */
export interface VoxelChoice {
  /** How much of each voxel is taken, `[batch, voxels]`, 0 where it does not count; the map is that of the cross entropy without weights. */
  readonly choose: (map: Tensor2D) => Tensor2D;
  /** What the sum of what was chosen will be divided by, `[batch]`; the sum of the weights that were chosen where it is left out. */
  readonly divisorOf?: ((chosen: Tensor2D) => Tensor1D) | undefined;
}

/** Overlap, and the costs of the voxels that were chosen. */
export interface OverlapAndCosts {
  /** The record of overlap, of every voxel that counts. */
  readonly overlap: Overlap;
  /** The sum of the chosen cross entropies of each sample, `[batch]`. */
  readonly costs: Tensor1D;
  /** What they are to be divided by, constant, `[batch]`. */
  readonly divisor: Tensor1D;
}

/**
 * Sums the overlap of a prepared problem and makes the map of its cross entropy in one pass over the voxels, chooses some of them by the map,
 * and adds up their cross entropy: one activation forward, one backward.
 *
 * ```math
 * I_{nc} = \sum_i v_i \min(p_{ic}, g_{ic}), \qquad K_n = \sum_i w_i(m)\, m_i, \quad m_i = -\sum_c a_c\, g'_{ic} \ln p_{ic}
 * ```
 *
 * and everything else that {@link overlap} returns; with coefficients of negatives m has their terms too. w is what the choice takes of a voxel,
 * constant for every gradient.
 *
 * @param problem - as {@link prepare} returns it
 * @param ofOverlap - which intersection, and whether class 0 takes part in the overlap
 * @param terms - the coefficients of the cross entropy, and its label smoothing
 * @param choice - see {@link VoxelChoice}
 * @returns the record of overlap, K, and what K is to be divided by
 * @throws Error for label smoothing of a float32 target
 *
 * @example
 * ```ts
 * import { overlapAndChosenTerms, prepare, ratioRules, readOptions, selectLargest, sumMap } from "@lossary/core-reduce";
 * import { ones, tensor2d, tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * const options = readOptions("myLoss", {}, ratioRules);
 * const problem = prepare("myLoss", truth, prediction, options);
 * const one = tensor2d([[1]]);
 * const { overlap, costs, divisor } = overlapAndChosenTerms(
 *   problem,
 *   options,
 *   { positive: one, negative: one, labelSmoothing: 0 },
 *   { choose: (map) => selectLargest(map, ones([1, 4]), 50), divisorOf: (chosen) => sumMap(chosen) },
 * );
 * overlap.intersection.print(); // 1.8
 * costs.print(); // 1.7148: -ln 0.3 - ln 0.6
 * divisor.print(); // 2
 * ```
 */
export function overlapAndChosenTerms(
  problem: Problem,
  ofOverlap: Pick<SettledRatio, "intersection" | "includeBackground">,
  terms: ErrorTerms & { readonly labelSmoothing: number },
  { choose, divisorOf }: VoxelChoice,
): OverlapAndCosts {
  refuseSoftSmoothing(problem, terms);
  const { batch, classes, fused } = problem;
  const { inputs, attributes } = termArguments(problem, terms);
  const told = { ...attributes, product: ofOverlap.intersection === "product" };
  const { tensors, named } = listed<CrossEntropyInputs>(inputs);
  const sizes = [4 * batch * classes, batch, batch];
  const take = takingOnce();
  const value = withGradient<Tensor3D, Tensor1D>(
    inputs.predictions,
    tensors,
    (_, leave) => {
      const given = named(tensors);
      const { forward } = fusedOverlapCrossEntropy;
      const [sums, map, left] = runForward(forward, given, told, fused && { leaves: leave !== undefined }, () =>
        overlapCrossEntropyKernel.forward(given, told),
      ) as [Tensor, Tensor2D, Tensor?];
      const chosen = choose(map);
      leave?.(chosen);
      if (left) leave?.(left);
      return concat([reshape(sums, [-1]) as Tensor1D, chosenSums(map, chosen, divisorOf, fused)]);
    },
    (upstream, saved) => {
      const [chosen, left] = saved.slice(tensors.length) as [Tensor2D, Tensor?];
      const [ofSums, ofCosts] = split(upstream, sizes) as [Tensor1D, Tensor1D, Tensor1D];
      const given: ChosenInputs = {
        ...withUpstream(named(saved), ofCosts),
        chosen,
        upstream: reshape(ofSums, [4, batch, classes]),
      };
      const { backward } = fusedOverlapCrossEntropy;
      return runBackward(backward, given, told, fused && { left: take(left) }, () =>
        overlapCrossEntropyKernel.backward(given, told),
      );
    },
  );
  const [sums, costs, divisor] = split(value, sizes) as [Tensor1D, Tensor1D, Tensor1D];
  const parts = unstack(reshape(sums, [4, batch, classes])) as Tensor2D[];
  return { overlap: overlapFrom(parts, validVoxels(problem), ofOverlap.includeBackground), costs, divisor };
}
