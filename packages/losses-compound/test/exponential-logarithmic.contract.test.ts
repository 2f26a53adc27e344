import { exponentialLogarithmicLoss } from "@lossary/losses-compound";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "exponentialLogarithmicLoss",
  loss: exponentialLogarithmicLoss,
  reference: referenceLosses.exponentialLogarithmicLoss,
  records: recordsOf("exponentialLogarithmicLoss"),
  unreduced: "voxels",
  family: "ratio",
  variants: [{}, { gammaDice: 1, gammaCrossEntropy: 2, diceWeight: 0.5, crossEntropyWeight: 1.5 }],
  unitClassWeights: false,
  // without smoothing in the numerator a class that is missed altogether costs infinitely much
  refuses: ({ reduction, smooth, smoothNumerator }) => reduction === "none" || smooth === 0 || smoothNumerator === 0,
});
