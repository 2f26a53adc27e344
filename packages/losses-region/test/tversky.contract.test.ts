import { tverskyLoss } from "@lossary/losses-region";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "tverskyLoss",
  loss: tverskyLoss,
  reference: referenceLosses.tverskyLoss,
  records: recordsOf("tverskyLoss"),
  unreduced: "classes",
  family: "ratio",
  variants: [{}, { falsePositiveWeight: 1.5, falseNegativeWeight: 0 }],
});
