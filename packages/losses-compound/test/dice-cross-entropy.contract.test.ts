import { diceCrossEntropyLoss } from "@lossary/losses-compound";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "diceCrossEntropyLoss",
  loss: diceCrossEntropyLoss,
  reference: referenceLosses.diceCrossEntropyLoss,
  records: recordsOf("diceCrossEntropyLoss"),
  unreduced: "voxels",
  family: "shared",
  variants: [{}],
  refuses: ({ reduction }) => reduction === "none",
});
