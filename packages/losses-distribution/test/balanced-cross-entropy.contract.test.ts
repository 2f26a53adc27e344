import { balancedCrossEntropyLoss } from "@lossary/losses-distribution";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "balancedCrossEntropyLoss",
  loss: balancedCrossEntropyLoss,
  reference: referenceLosses.balancedCrossEntropyLoss,
  records: recordsOf("balancedCrossEntropyLoss"),
  unreduced: "voxels",
  family: "distribution",
  variants: [{}, { beta: 0.25 }, { betaRange: [0.2, 0.6] }, { multiLabel: true }],
  without: ["multiLabel"],
  independentChannels: true,
});
