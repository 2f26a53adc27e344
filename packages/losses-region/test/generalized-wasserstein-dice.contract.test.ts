import { generalizedWassersteinDiceLoss } from "@lossary/losses-region";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

const distances = {
  2: [
    [0, 1],
    [1, 0],
  ],
  4: [
    [0, 1, 1, 1],
    [1, 0, 0.5, 0.25],
    [1, 0.75, 0, 0.5],
    [2, 0.25, 0.5, 0],
  ],
};

for (const classes of [2, 4] as const) {
  contract({
    name: "generalizedWassersteinDiceLoss",
    loss: generalizedWassersteinDiceLoss as never,
    reference: referenceLosses.generalizedWassersteinDiceLoss,
    records: recordsOf("generalizedWassersteinDiceLoss"),
    unreduced: "classes",
    family: "ratio",
    classes: [classes],
    activations: ["none", "softmax"],
    required: { distanceMatrix: distances[classes] },
    variants: [{}, { weighting: "volume" }],
    without: ["emptyClass", "includeBackground", "intersection", "normalize"],
    refuses: ({ multiLabel }) => multiLabel === true,
  });
}
