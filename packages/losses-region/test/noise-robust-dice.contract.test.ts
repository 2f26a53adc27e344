import { noiseRobustDiceLoss } from "@lossary/losses-region";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "noiseRobustDiceLoss",
  loss: noiseRobustDiceLoss,
  reference: referenceLosses.noiseRobustDiceLoss,
  records: recordsOf("noiseRobustDiceLoss"),
  unreduced: "classes",
  family: "ratio",
  variants: [{}, { gamma: 1 }, { gamma: 2 }, { denominator: "sum" }, { gamma: 1, denominator: "sum" }],
  without: ["intersection"],
});
