import { logCoshDiceLoss } from "@lossary/losses-region";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "logCoshDiceLoss",
  loss: logCoshDiceLoss,
  reference: referenceLosses.logCoshDiceLoss,
  records: recordsOf("logCoshDiceLoss"),
  unreduced: "classes",
  family: "ratio",
  variants: [{}, { denominator: "squares" }],
  refuses: ({ denominator, intersection }) => denominator === "squares" && intersection === "semimetric",
});
