require("@tensorflow/tfjs-backend-cpu");
const { tensor } = require("@tensorflow/tfjs-core");
const { diceLoss } = require("@lossary/losses-region");

const truth = tensor([0, 1, 1, 1], [1, 4], "int32");
console.log(
  "diceLoss",
  diceLoss(truth, tensor([0.2, 0.9, 0.6, 0.3], [1, 4, 1]))
    .dataSync()[0]
    .toFixed(4),
);
