import { polyCrossEntropyLoss } from "@lossary/losses-distribution";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "polyCrossEntropyLoss",
  loss: polyCrossEntropyLoss,
  reference: referenceLosses.polyCrossEntropyLoss,
  records: recordsOf("polyCrossEntropyLoss"),
  unreduced: "voxels",
  family: "distribution",
  variants: [{}, { epsilon: 0 }, { epsilon: -0.5 }, { epsilon: 4 }],
});
