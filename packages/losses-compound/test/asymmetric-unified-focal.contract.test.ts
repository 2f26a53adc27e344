import { asymmetricUnifiedFocalLoss } from "@lossary/losses-compound";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "asymmetricUnifiedFocalLoss",
  loss: asymmetricUnifiedFocalLoss,
  reference: referenceLosses.asymmetricUnifiedFocalLoss,
  records: recordsOf("asymmetricUnifiedFocalLoss"),
  unreduced: "voxels",
  family: "ratio",
  variants: [{}],
  refuses: ({ reduction }) => reduction === "none",
});
