import { matthewsCorrelationLoss } from "@lossary/losses-region";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "matthewsCorrelationLoss",
  loss: matthewsCorrelationLoss,
  reference: referenceLosses.matthewsCorrelationLoss,
  records: recordsOf("matthewsCorrelationLoss"),
  unreduced: "classes",
  family: "ratio",
  variants: [{}, { smooth: 1 }],
  without: ["smoothNumerator", "smoothDenominator"],
});
