import { diceTopKLoss } from "@lossary/losses-compound";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "diceTopKLoss",
  loss: diceTopKLoss,
  reference: referenceLosses.diceTopKLoss,
  records: recordsOf("diceTopKLoss"),
  unreduced: "voxels",
  family: "shared",
  variants: [{}],
  refuses: ({ reduction }) => reduction === "none",
});
