import { signedDistanceRegressionLoss } from "@lossary/losses-boundary";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { normalizedDistances, prepare, type ReferenceInput, referenceLosses } from "@lossary/test-kit/reference";

/** Whether a prediction is next to its target, where |y - t| has a kink. */
function nearTarget(call: ReferenceInput): boolean {
  const target = normalizedDistances(prepare(call));
  return call.predictions.some((y, i) => Math.abs(y - (target[i] as number)) < 2e-3);
}

contract({
  name: "signedDistanceRegressionLoss",
  loss: signedDistanceRegressionLoss,
  reference: referenceLosses.signedDistanceRegressionLoss,
  records: recordsOf("signedDistanceRegressionLoss"),
  unreduced: "classes",
  family: "shared",
  variants: [{}, { smooth: 0, productWeight: 0.5 }, { smoothNumerator: 0.25, smoothDenominator: 1 }],
  spatial: true,
  refuses: (_options, call) => nearTarget(call),
  // predictions are maps, not probabilities: perfect and learned ones stand in a test of their own
  activations: ["none"],
  zeroAtPerfect: false,
  teachesAlone: false,
});
