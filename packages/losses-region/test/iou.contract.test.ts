import { iouLoss } from "@lossary/losses-region";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "iouLoss",
  loss: iouLoss,
  reference: referenceLosses.iouLoss,
  records: recordsOf("iouLoss"),
  unreduced: "classes",
  family: "ratio",
  variants: [{}],
});
