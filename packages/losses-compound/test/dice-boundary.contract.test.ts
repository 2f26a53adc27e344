import { diceBoundaryLoss } from "@lossary/losses-compound";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "diceBoundaryLoss",
  loss: diceBoundaryLoss,
  reference: referenceLosses.diceBoundaryLoss,
  records: recordsOf("diceBoundaryLoss"),
  unreduced: "classes",
  family: "shared",
  variants: [{}],
  spatial: true,
  // signed, as the boundary loss is
  zeroAtPerfect: false,
});
