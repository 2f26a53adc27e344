import { generalizedDiceLoss } from "@lossary/losses-region";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "generalizedDiceLoss",
  loss: generalizedDiceLoss,
  reference: referenceLosses.generalizedDiceLoss,
  records: recordsOf("generalizedDiceLoss"),
  unreduced: "classes",
  family: "ratio",
  variants: [{}, { weighting: "simple" }, { weighting: "uniform" }, { absentWeight: "zero" }],
  without: ["emptyClass", "normalize"],
});
