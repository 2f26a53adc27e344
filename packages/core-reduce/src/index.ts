export { type AddSumsOptions, addSums, splitSums, stackSums } from "./add-sums.ts";
export { type BallErrorAttributes, ballErrorSums, type PortableBallErrors } from "./ball-error-sums.ts";
export { byOutput } from "./by-output.ts";
export { channelsOf, joinChannels } from "./channels.ts";
export { checkLabels } from "./check-labels.ts";
export { chosenTerms } from "./chosen-terms.ts";
export { type ClassSpace, classSpaceOf } from "./class-space.ts";
export { confusionSums } from "./confusion.ts";
export { labelledSums, validVoxels, weightsOf } from "./counts.ts";
export {
  type ClassWeighting,
  type CrossEntropyTerms,
  classCoefficients,
  crossEntropyTerms,
  type ErrorTerms,
  errorTerms,
  polyCrossEntropyTerms,
  takingWeights,
} from "./cross-entropy.ts";
export { crossEntropyMap, crossEntropyVoxels, evenTerms, refuseSoftSmoothing } from "./cross-entropy-map.ts";
export {
  type CrossEntropySums,
  type CrossEntropySumsOptions,
  crossEntropySums,
  overlapAndCrossEntropySums,
  type SummedTerms,
} from "./cross-entropy-sums.ts";
export {
  type DirectionAttributes,
  type DirectionInputs,
  type DistributionInputs,
  directionLosses,
  faceDivergences,
} from "./directions.ts";
export { distributions } from "./distributions.ts";
export { absoluteErrors, hingeErrors } from "./error-map.ts";
export { refuse, show } from "./errors.ts";
export type { Alike } from "./fused/alike.ts";
export type { Ball, BallRow } from "./fused/balls.ts";
export type { Gpu, Program } from "./fused/gpu/program.ts";
export { type GpuKernel, runOnGpu, runsOnGpu } from "./fused/gpu/run-on-gpu.ts";
export type { GpuCall } from "./fused/gpu/voxel-programs.ts";
export { kernelFor } from "./fused/kernel-for.ts";
export type { KernelImplementation } from "./fused/registry.ts";
export { guardedPower } from "./guarded-power.ts";
export { jaccardIncrements } from "./jaccard-increments.ts";
export type { KernelInputs } from "./kernel.ts";
export { labelRegions, largestRegions } from "./label-regions.ts";
export { logOnePlus } from "./log-one-plus.ts";
export type {
  Activation,
  DistributionOptions,
  Loss,
  Normalize,
  RatioOptions,
  Reduction,
  SharedOptions,
} from "./loss.ts";
export { type Describable, describable, type Json, type LossConfig, toPlain } from "./loss-config.ts";
export { lossFromConfig, type NamedLosses } from "./loss-from-config.ts";
export type { NeighbourWindow } from "./neighbour-window.ts";
export { offBoundary } from "./off-boundary.ts";
export { oneMinusRatio } from "./one-minus-ratio.ts";
export {
  flag,
  nonNegativeNumbers,
  numberAboveZero,
  numberWithin,
  type OptionRule,
  type OptionRules,
  oneOf,
  rulesWithout,
  tensor,
} from "./option-rules.ts";
export {
  distributionRules,
  ratioRules,
  readOptions,
  type Settled,
  type SettledDistribution,
  type SettledRatio,
  type SettledShared,
  sharedRules,
  smoothing,
} from "./options.ts";
export { type Overlap, overlap, overlapSums, withoutBackground } from "./overlap.ts";
export { type OverlapAndCosts, overlapAndChosenTerms, type VoxelChoice } from "./overlap-cross-entropy.ts";
export { overlapAndErrorPowers, overlapAndSidedErrors, overlapAndTrueNegatives } from "./overlap-errors.ts";
export { type Fielded, overlapAndFieldSums } from "./overlap-field-sums.ts";
export { overlapAndRegionSums, type Regions } from "./overlap-regions.ts";
export { logProbabilities, probabilities, restoreSpatial } from "./probabilities.ts";
export { hasIndices, type Problem, prepare } from "./problem.ts";
export { classShares, reduceClasses } from "./reduce-classes.ts";
export {
  costsOfSamples,
  reduceCrossEntropy,
  reduceCrossEntropyTerms,
} from "./reduce-cross-entropy.ts";
export { reducePolyCrossEntropyTerms } from "./reduce-poly-cross-entropy.ts";
export {
  type ClassSums,
  groupSums,
  holdsVoxels,
  type RatioReduction,
  reduceRatio,
  type Smoothing,
} from "./reduce-ratio.ts";
export { reduceSamples, reduceVoxels, voxelNormalizer } from "./reduce-voxels.ts";
export { safeDivide } from "./safe-divide.ts";
export { selectAlike } from "./select-alike.ts";
export { selectLargest } from "./select-largest.ts";
export { sharesOnePass } from "./shared-pass.ts";
export { alongSlopes, type Slopes, slopesOfSums } from "./slopes-of-sums.ts";
export { spacing, spacingOf } from "./spacing.ts";
export { squaredErrorSums } from "./squared-error.ts";
export { detached, stopGradient } from "./stop-gradient.ts";
export { sumMap, sumVoxels } from "./sum-voxels.ts";
export { type KindsOfSums, type SumsJSON, sumsFromJSON, sumsToJSON } from "./sums-json.ts";
export { denseTarget, weighed, withoutIgnored } from "./targets.ts";
export { windowMinimum, windowMinimumGradient } from "./window-minimum.ts";
export { windowSum } from "./window-sum.ts";
export { withGradient } from "./with-gradient.ts";
export { type AnyLoss, type OptionsOf, type PredictionsOf, type SettledLoss, withOptions } from "./with-options.ts";
