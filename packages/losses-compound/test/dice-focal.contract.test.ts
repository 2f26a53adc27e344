import { diceFocalLoss } from "@lossary/losses-compound";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "diceFocalLoss",
  loss: diceFocalLoss,
  reference: referenceLosses.diceFocalLoss,
  records: recordsOf("diceFocalLoss"),
  unreduced: "voxels",
  family: "shared",
  variants: [{}],
  refuses: ({ reduction }) => reduction === "none",
});
