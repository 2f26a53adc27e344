import { focalLoss } from "@lossary/losses-distribution";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "focalLoss",
  loss: focalLoss,
  reference: referenceLosses.focalLoss,
  records: recordsOf("focalLoss"),
  unreduced: "voxels",
  family: "distribution",
  variants: [{}, { gamma: 0, alpha: 0.25 }, { gamma: 0.5 }, { gamma: 3.5, alpha: 0.75 }, { gamma: 1 }],
});
