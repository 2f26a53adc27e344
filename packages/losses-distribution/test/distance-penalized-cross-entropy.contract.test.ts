import { distancePenalizedCrossEntropyLoss } from "@lossary/losses-distribution";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "distancePenalizedCrossEntropyLoss",
  loss: distancePenalizedCrossEntropyLoss,
  reference: referenceLosses.distancePenalizedCrossEntropyLoss,
  records: recordsOf("distancePenalizedCrossEntropyLoss"),
  unreduced: "voxels",
  family: "distribution",
  variants: [{}, { spacing: 0.75 }],
  spatial: true,
});
