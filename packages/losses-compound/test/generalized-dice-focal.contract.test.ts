import { generalizedDiceFocalLoss } from "@lossary/losses-compound";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "generalizedDiceFocalLoss",
  loss: generalizedDiceFocalLoss,
  reference: referenceLosses.generalizedDiceFocalLoss,
  records: recordsOf("generalizedDiceFocalLoss"),
  unreduced: "voxels",
  family: "shared",
  variants: [{}],
  without: ["normalize"],
  refuses: ({ reduction }) => reduction === "none",
});
