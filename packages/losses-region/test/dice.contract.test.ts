import { diceLoss } from "@lossary/losses-region";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "diceLoss",
  loss: diceLoss,
  reference: referenceLosses.diceLoss,
  records: recordsOf("diceLoss"),
  unreduced: "classes",
  family: "ratio",
  variants: [{}, { denominator: "squares" }],
  refuses: ({ denominator, intersection }) => denominator === "squares" && intersection === "semimetric",
});
