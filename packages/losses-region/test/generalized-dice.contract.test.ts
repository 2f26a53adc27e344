import { generalizedDiceLoss } from "@lossary/losses-region";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "generalizedDiceLoss",
  loss: generalizedDiceLoss,
  reference: referenceLosses.generalizedDiceLoss,
  unreduced: "classes",
  family: "ratio",
  variants: [{}, { weighting: "simple" }, { weighting: "uniform" }, { absentWeight: "zero" }],
  without: ["emptyClass", "normalize"],
});
