import { diceCrossEntropyLoss } from "@lossary/losses-compound";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "diceCrossEntropyLoss",
  loss: diceCrossEntropyLoss,
  reference: referenceLosses.diceCrossEntropyLoss,
  unreduced: "voxels",
  family: "shared",
  variants: [{}],
  refuses: ({ reduction }) => reduction === "none",
});
