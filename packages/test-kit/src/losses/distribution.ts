import type { LossDescription } from "./description.ts";

const ofVoxels = { unreduced: "voxels", family: "distribution" } as const;

/** The losses made of log-probabilities. */
export const distributionLosses = {
  crossEntropyLoss: [{ ...ofVoxels, variants: [{}] }],
  weightedCrossEntropyLoss: [
    {
      ...ofVoxels,
      variants: [{ classWeights: "inverseFrequency" }],
      classes: [2, 4],
      without: ["classWeights"],
    },
  ],
  balancedCrossEntropyLoss: [
    {
      ...ofVoxels,
      variants: [{}, { beta: 0.25 }, { betaRange: [0.2, 0.6] }, { multiLabel: true }],
      without: ["multiLabel"],
      independentChannels: true,
    },
  ],
  focalLoss: [
    {
      ...ofVoxels,
      variants: [{}, { gamma: 0, alpha: 0.25 }, { gamma: 0.5 }, { gamma: 3.5, alpha: 0.75 }, { gamma: 1 }],
    },
  ],
  topKLoss: [
    {
      ...ofVoxels,
      variants: [
        {},
        { percent: 45 },
        { percent: 100 },
        { threshold: 0.62 },
        { percent: 30, per: "sample" },
        { threshold: 0.3, per: "sample" },
      ],
    },
  ],
  distancePenalizedCrossEntropyLoss: [{ ...ofVoxels, variants: [{}, { spacing: 0.75 }], spatial: true }],
  polyCrossEntropyLoss: [{ ...ofVoxels, variants: [{}, { epsilon: 0 }, { epsilon: -0.5 }, { epsilon: 4 }] }],
} satisfies Record<string, readonly LossDescription[]>;
