import { crossEntropyLoss } from "@lossary/losses-distribution";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "crossEntropyLoss",
  loss: crossEntropyLoss,
  reference: referenceLosses.crossEntropyLoss,
  records: recordsOf("crossEntropyLoss"),
  unreduced: "voxels",
  family: "distribution",
  variants: [{}],
});
