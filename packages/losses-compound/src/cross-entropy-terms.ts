import {
  balancedCrossEntropyFromSums,
  balancedCrossEntropyLoss,
  crossEntropyFromSums,
  crossEntropyLoss,
  focalFromSums,
  focalLoss,
} from "@lossary/losses-distribution";
import type { NamedTerm } from "./compound.ts";

/** Cross entropy as a term: by itself, or from sums that a pass has made. */
export const crossEntropyTerm: NamedTerm = {
  loss: crossEntropyLoss,
  weight: 1,
  crossEntropy: {
    loss: "crossEntropyLoss",
    name: "crossEntropyFromSums",
    from: crossEntropyFromSums,
    gamma: 0,
    independent: false,
  },
};

/** Focal loss likewise. */
export const focalTerm: NamedTerm = {
  loss: focalLoss,
  weight: 1,
  crossEntropy: { loss: "focalLoss", name: "focalFromSums", from: focalFromSums, gamma: 2, independent: false },
};

/** Balanced cross entropy likewise. */
export const balancedCrossEntropyTerm: NamedTerm = {
  loss: balancedCrossEntropyLoss,
  weight: 1,
  crossEntropy: {
    loss: "balancedCrossEntropyLoss",
    name: "balancedCrossEntropyFromSums",
    from: balancedCrossEntropyFromSums,
    gamma: 0,
    independent: true,
  },
};
