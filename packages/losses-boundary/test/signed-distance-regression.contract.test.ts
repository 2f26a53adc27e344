import { signedDistanceRegressionLoss } from "@lossary/losses-boundary";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "signedDistanceRegressionLoss",
  loss: signedDistanceRegressionLoss,
  reference: referenceLosses.signedDistanceRegressionLoss,
  unreduced: "classes",
  family: "shared",
  variants: [{}, { smooth: 0, productWeight: 0.5 }, { smoothNumerator: 0.25, smoothDenominator: 1 }],
  spatial: true,
  readsBack: true,
  // predictions are maps, not probabilities: perfect and learned ones stand in a test of their own
  activations: ["none"],
  zeroAtPerfect: false,
  teachesAlone: false,
});
