import "@tensorflow/tfjs-backend-cpu";
import { lossCatalogue } from "@lossary/catalogue";
import { distanceTransform } from "@lossary/distance-map/array";
import { boundaryLoss } from "@lossary/losses-boundary";
import { diceCrossEntropyLoss } from "@lossary/losses-compound";
import { crossEntropyLoss } from "@lossary/losses-distribution";
import { diceLoss } from "@lossary/losses-region";
import { diceCoefficient } from "@lossary/metrics";
import { tensor } from "@tensorflow/tfjs-core";

const truth = tensor([0, 1, 1, 1], [1, 4], "int32");
const prediction = tensor([0.2, 0.9, 0.6, 0.3], [1, 4, 1]);
const losses = { boundaryLoss, crossEntropyLoss, diceCrossEntropyLoss, diceLoss, diceCoefficient };
for (const [name, loss] of Object.entries(losses)) {
  console.log(name, loss(truth, prediction).dataSync()[0].toFixed(4));
}
console.log("distances", ...distanceTransform([0, 1, 1, 0], [4]));
const { name, formula } = lossCatalogue.find((loss) => loss.name === "diceLoss");
console.log("catalogue", name, formula.slice(4, 13));
