import { diceHausdorffLoss } from "@lossary/losses-compound";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "diceHausdorffLoss",
  loss: diceHausdorffLoss,
  reference: referenceLosses.diceHausdorffLoss,
  records: recordsOf("diceHausdorffLoss"),
  unreduced: "classes",
  family: "shared",
  variants: [{}],
  spatial: true,
});
