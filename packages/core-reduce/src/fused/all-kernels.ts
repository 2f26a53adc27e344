import type { FusedKernel, FusedReduction } from "./fused-kernel.ts";
import { fusedBallErrorSums } from "./reductions/ball-error-sums.ts";
import { fusedChannel } from "./reductions/channel.ts";
import { fusedChosenSums } from "./reductions/chosen-sums.ts";
import { fusedConfusion } from "./reductions/confusion.ts";
import { fusedAnyIgnored, fusedLabelledSums, fusedValidVoxels, fusedVoxelWeights } from "./reductions/counts.ts";
import { fusedCrossEntropy } from "./reductions/cross-entropy.ts";
import { fusedCrossEntropySums } from "./reductions/cross-entropy-sums.ts";
import { fusedDirectionLosses, fusedDistributions, fusedFaceDivergences } from "./reductions/directions.ts";
import { fusedErrorTerms } from "./reductions/error-terms.ts";
import { fusedErrors } from "./reductions/errors.ts";
import { fusedJaccardIncrements } from "./reductions/jaccard-increments.ts";
import { fusedOffBoundary } from "./reductions/label-boundary.ts";
import { fusedOverlapCrossEntropy } from "./reductions/overlap-cross-entropy.ts";
import { fusedOverlapErrorSums } from "./reductions/overlap-error-sums.ts";
import { fusedOverlapFieldSums } from "./reductions/overlap-field-sums.ts";
import { fusedOverlapRegions } from "./reductions/overlap-regions.ts";
import { fusedOverlapSums } from "./reductions/overlap-sums.ts";
import { fusedPolyCrossEntropy } from "./reductions/poly-cross-entropy.ts";
import { fusedProbabilities } from "./reductions/probabilities.ts";
import { fusedRegion } from "./reductions/region.ts";
import { fusedSelectAlike } from "./reductions/select-alike.ts";
import { fusedSelectLargest } from "./reductions/select-largest.ts";
import { fusedSquaredErrorSums } from "./reductions/squared-error-sums.ts";
import { fusedVoxelSums } from "./reductions/voxel-sums.ts";
import { fusedWindowMinimum, fusedWindowMinimumGradient } from "./reductions/window-minimum.ts";
import { fusedWindowSum } from "./reductions/window-sum.ts";

/** Every fused kernel. Only what asks for all of them imports this: a reduction brings its own. */
export function allKernels(): readonly FusedKernel[] {
  const reductions: readonly FusedReduction[] = [
    fusedOverlapSums,
    fusedCrossEntropy,
    fusedPolyCrossEntropy,
    fusedErrorTerms,
    fusedCrossEntropySums,
    fusedOverlapCrossEntropy,
    fusedOverlapErrorSums,
    fusedOverlapFieldSums,
    fusedOverlapRegions,
    fusedSquaredErrorSums,
    fusedErrors,
    fusedConfusion,
    fusedProbabilities,
    fusedVoxelSums,
    fusedBallErrorSums,
    fusedDirectionLosses,
    { forward: fusedWindowMinimum, backward: fusedWindowMinimumGradient },
  ];
  return [
    ...reductions.flatMap(({ forward, backward }) => [forward, backward]),
    fusedLabelledSums,
    fusedValidVoxels,
    fusedVoxelWeights,
    fusedAnyIgnored,
    fusedJaccardIncrements,
    fusedChosenSums,
    fusedSelectLargest,
    fusedSelectAlike,
    fusedWindowSum,
    fusedDistributions,
    fusedFaceDivergences,
    fusedOffBoundary,
    fusedChannel,
    fusedRegion,
  ];
}
