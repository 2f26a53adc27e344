import { sensitivitySpecificityLoss } from "@lossary/losses-region";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "sensitivitySpecificityLoss",
  loss: sensitivitySpecificityLoss,
  reference: referenceLosses.sensitivitySpecificityLoss,
  records: recordsOf("sensitivitySpecificityLoss"),
  unreduced: "classes",
  family: "ratio",
  variants: [{}, { sensitivityWeight: 0.5 }],
  without: ["intersection", "smoothNumerator"],
});
