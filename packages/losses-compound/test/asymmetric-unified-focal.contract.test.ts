import { asymmetricUnifiedFocalLoss } from "@lossary/losses-compound";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "asymmetricUnifiedFocalLoss",
  loss: asymmetricUnifiedFocalLoss,
  reference: referenceLosses.asymmetricUnifiedFocalLoss,
  unreduced: "voxels",
  family: "ratio",
  variants: [{}],
  refuses: ({ reduction }) => reduction === "none",
});
