import { symmetricUnifiedFocalLoss } from "@lossary/losses-compound";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "symmetricUnifiedFocalLoss",
  loss: symmetricUnifiedFocalLoss,
  reference: referenceLosses.symmetricUnifiedFocalLoss,
  records: recordsOf("symmetricUnifiedFocalLoss"),
  unreduced: "voxels",
  family: "ratio",
  variants: [{}],
  refuses: ({ reduction }) => reduction === "none",
});
