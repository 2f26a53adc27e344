import { weightedCrossEntropyLoss } from "@lossary/losses-distribution";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "weightedCrossEntropyLoss",
  loss: (labels, predictions, options) => weightedCrossEntropyLoss(labels, predictions, options as never),
  reference: referenceLosses.weightedCrossEntropyLoss,
  records: recordsOf("weightedCrossEntropyLoss"),
  unreduced: "voxels",
  family: "distribution",
  variants: [{ classWeights: "inverseFrequency" }],
  classes: [2, 4],
  without: ["classWeights"],
});
