import type { Subject } from "./subject.ts";
import { arraySubjects } from "./subjects/arrays.ts";
import { helperSubjects } from "./subjects/helpers.ts";
import { lossSubjects } from "./subjects/losses.ts";
import { makerSubjects } from "./subjects/makers.ts";
import { mapSubjects } from "./subjects/maps.ts";
import { statisticSubjects } from "./subjects/statistics.ts";
import { sumSubjects } from "./subjects/sums.ts";

/** Everything that is fuzzed. */
export const subjects: readonly Subject[] = [
  ...lossSubjects,
  ...statisticSubjects,
  ...sumSubjects,
  ...makerSubjects,
  ...mapSubjects,
  ...arraySubjects,
  ...helperSubjects,
];

/**
 * Exports of core-reduce that are called with what `prepare` and `readOptions` have checked, or with parts of a loss: every loss calls them
 * with generated arguments, and none has arguments of its own that a caller could get wrong.
 */
export const throughLosses: readonly string[] = [
  "absoluteErrors",
  "ballErrorSums",
  "channelsOf",
  "chosenTerms",
  "classCoefficients",
  "classShares",
  "classSpaceOf",
  "confusionSums",
  "costsOfSamples",
  "crossEntropyTerms",
  "crossEntropyVoxels",
  "denseTarget",
  "describable",
  "detached",
  "directionLosses",
  "errorTerms",
  "evenTerms",
  "faceDivergences",
  "groupSums",
  "hasIndices",
  "hingeErrors",
  "holdsVoxels",
  "joinChannels",
  "labelRegions",
  "labelledSums",
  "largestRegions",
  "logProbabilities",
  "overlapAndChosenTerms",
  "overlapAndCrossEntropySums",
  "overlapAndErrorPowers",
  "overlapAndFieldSums",
  "overlapAndRegionSums",
  "overlapAndSidedErrors",
  "overlapAndTrueNegatives",
  "overlapSums",
  "polyCrossEntropyTerms",
  "prepare",
  "probabilities",
  "readOptions",
  "reduceClasses",
  "reduceCrossEntropy",
  "reduceCrossEntropyTerms",
  "reducePolyCrossEntropyTerms",
  "reduceRatio",
  "reduceSamples",
  "reduceVoxels",
  "refuse",
  "refuseSoftSmoothing",
  "restoreSpatial",
  "runOnGpu",
  "runsOnGpu",
  "sharesOnePass",
  "show",
  "smoothing",
  "spacingOf",
  "squaredErrorSums",
  "sumMap",
  "sumVoxels",
  "takingWeights",
  "toPlain",
  "validVoxels",
  "voxelNormalizer",
  "weighed",
  "weightsOf",
  "withGradient",
  "withoutBackground",
  "withoutIgnored",
  "flag",
  "numberAboveZero",
  "numberWithin",
  "oneOf",
  "rulesWithout",
];
