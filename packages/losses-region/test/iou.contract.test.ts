import { iouLoss } from "@lossary/losses-region";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "iouLoss",
  loss: iouLoss,
  reference: referenceLosses.iouLoss,
  unreduced: "classes",
  family: "ratio",
  variants: [{}],
});
