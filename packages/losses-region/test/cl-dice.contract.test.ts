import { clDiceLoss } from "@lossary/losses-region";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "clDiceLoss",
  loss: clDiceLoss,
  reference: referenceLosses.clDiceLoss,
  unreduced: "classes",
  family: "ratio",
  variants: [{}, { iterations: 1 }],
  without: ["intersection"],
  spatial: true,
});
