import { activeBoundaryLoss } from "@lossary/losses-boundary";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";
import { regionPartner } from "./region-partner.ts";

const subject = {
  name: "activeBoundaryLoss",
  loss: activeBoundaryLoss,
  reference: referenceLosses.activeBoundaryLoss,
  records: recordsOf("activeBoundaryLoss"),
  unreduced: "classes",
  family: "shared",
  without: ["classWeights", "normalize", "includeBackground"],
  spatial: true,
  // it moves a boundary that is there already
  teachesAlone: false,
  partner: regionPartner,
} as const;

// a large share, so that small images have a boundary of several voxels
contract({
  ...subject,
  variants: [{ boundaryShare: 0.3 }, { maxDistance: 1.5, directionSmoothing: 0 }],
  classes: [2, 4],
  activations: ["none", "softmax"],
  refuses: ({ multiLabel }) => multiLabel === true,
});
contract({
  ...subject,
  variants: [{ boundaryShare: 0.5 }],
  classes: [1],
  ranks: [1, 2],
  activations: ["none", "sigmoid"],
});
