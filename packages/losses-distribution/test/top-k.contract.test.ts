import { topKLoss } from "@lossary/losses-distribution";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "topKLoss",
  loss: topKLoss,
  reference: referenceLosses.topKLoss,
  records: recordsOf("topKLoss"),
  unreduced: "voxels",
  family: "distribution",
  variants: [
    {},
    { percent: 45 },
    { percent: 100 },
    { threshold: 0.62 },
    { percent: 30, per: "sample" },
    { threshold: 0.3, per: "sample" },
  ],
});
