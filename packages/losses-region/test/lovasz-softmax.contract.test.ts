import { lovaszSoftmaxLoss } from "@lossary/losses-region";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "lovaszSoftmaxLoss",
  loss: lovaszSoftmaxLoss,
  reference: referenceLosses.lovaszSoftmaxLoss,
  records: recordsOf("lovaszSoftmaxLoss"),
  unreduced: "classes",
  family: "shared",
  variants: [{}, { classes: "all" }, { per: "batch" }],
  refuses: ({ per, reduction }) => per === "batch" && reduction === "sample",
});
