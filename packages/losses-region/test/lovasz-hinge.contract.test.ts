import { lovaszHingeLoss } from "@lossary/losses-region";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "lovaszHingeLoss",
  loss: lovaszHingeLoss,
  reference: referenceLosses.lovaszHingeLoss,
  records: recordsOf("lovaszHingeLoss"),
  unreduced: "classes",
  family: "shared",
  variants: [{}, { classes: "present" }, { per: "batch" }],
  activations: ["none"],
  // errors of soft targets may tie in float32 and not in float64, which is another gradient
  targets: ["indices", "one-hot"],
  refuses: ({ per, reduction }) => per === "batch" && reduction === "sample",
  // a score of 0 or 1 is not beyond its margin
  zeroAtPerfect: false,
});
