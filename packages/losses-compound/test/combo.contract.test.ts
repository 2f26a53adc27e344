import { comboLoss } from "@lossary/losses-compound";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "comboLoss",
  loss: comboLoss,
  reference: referenceLosses.comboLoss,
  records: recordsOf("comboLoss"),
  unreduced: "voxels",
  family: "shared",
  variants: [{}, { alpha: 0.3, beta: "auto", smooth: 1e-5 }],
  // balanced cross entropy takes each channel alone
  refuses: ({ reduction, multiLabel }) => reduction === "none" || multiLabel === false,
});
