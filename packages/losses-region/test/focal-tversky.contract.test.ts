import { focalTverskyLoss } from "@lossary/losses-region";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "focalTverskyLoss",
  loss: focalTverskyLoss,
  reference: referenceLosses.focalTverskyLoss,
  records: recordsOf("focalTverskyLoss"),
  unreduced: "classes",
  family: "ratio",
  variants: [{}, { gamma: 0.75 }, { gamma: 3, falsePositiveWeight: 0.5 }],
});
