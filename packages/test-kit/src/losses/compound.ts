import type { LossDescription } from "./description.ts";

const ofVoxels = { unreduced: "voxels", family: "shared", variants: [{}] } as const;
const ofClasses = { unreduced: "classes", family: "shared", variants: [{}] } as const;

/** Whether single values are asked of a sum of classes and voxels. */
const isUnreduced = ({ reduction }: Readonly<Record<string, unknown>>) => reduction === "none";

/** The sums of losses. */
export const compoundLosses = {
  diceCrossEntropyLoss: [{ ...ofVoxels, refuses: isUnreduced }],
  diceFocalLoss: [{ ...ofVoxels, refuses: isUnreduced }],
  diceTopKLoss: [{ ...ofVoxels, refuses: isUnreduced }],
  generalizedDiceFocalLoss: [{ ...ofVoxels, without: ["normalize"], refuses: isUnreduced }],
  // signed, as the boundary loss is
  diceBoundaryLoss: [{ ...ofClasses, spatial: true, zeroAtPerfect: false }],
  diceHausdorffLoss: [{ ...ofClasses, spatial: true }],
  comboLoss: [
    {
      ...ofVoxels,
      variants: [{}, { alpha: 0.3, beta: "auto", smooth: 1e-5 }],
      // balanced cross entropy takes each channel alone
      refuses: (options) => isUnreduced(options) || options.multiLabel === false,
    },
  ],
  exponentialLogarithmicLoss: [
    {
      ...ofVoxels,
      family: "ratio",
      variants: [{}, { gammaDice: 1, gammaCrossEntropy: 2, diceWeight: 0.5, crossEntropyWeight: 1.5 }],
      unitClassWeights: false,
      // without smoothing in the numerator a class that is missed altogether costs infinitely much
      refuses: (options) => isUnreduced(options) || options.smooth === 0 || options.smoothNumerator === 0,
    },
  ],
  asymmetricUnifiedFocalLoss: [{ ...ofVoxels, family: "ratio", refuses: isUnreduced }],
  symmetricUnifiedFocalLoss: [{ ...ofVoxels, family: "ratio", refuses: isUnreduced }],
} satisfies Record<string, readonly LossDescription[]>;
