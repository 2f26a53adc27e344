import {
  balancedCrossEntropyFromSums,
  balancedCrossEntropyLoss,
  crossEntropyFromSums,
  crossEntropyLoss,
  focalFromSums,
  focalLoss,
} from "@lossary/losses-distribution";
import type { NamedTerm } from "./compound.ts";
import { crossEntropyPass } from "./cross-entropy-pass.ts";

/** Cross entropy as a term: by itself, or from sums that a pass has made. */
export const crossEntropyTerm: NamedTerm = {
  loss: crossEntropyLoss,
  weight: 1,
  pass: {
    speakers: { crossEntropyFromSums: "crossEntropyLoss" },
    run: (call) => crossEntropyPass(call, { from: crossEntropyFromSums, gamma: 0, independent: false }),
  },
};

/** Focal loss likewise. */
export const focalTerm: NamedTerm = {
  loss: focalLoss,
  weight: 1,
  pass: {
    speakers: { focalFromSums: "focalLoss" },
    run: (call) => crossEntropyPass(call, { from: focalFromSums, gamma: 2, independent: false }),
  },
};

/** Balanced cross entropy likewise. */
export const balancedCrossEntropyTerm: NamedTerm = {
  loss: balancedCrossEntropyLoss,
  weight: 1,
  pass: {
    speakers: { balancedCrossEntropyFromSums: "balancedCrossEntropyLoss" },
    run: (call) => crossEntropyPass(call, { from: balancedCrossEntropyFromSums, gamma: 0, independent: true }),
  },
};
