import { diceHausdorffLoss } from "@lossary/losses-compound";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";

contract({
  name: "diceHausdorffLoss",
  loss: diceHausdorffLoss,
  reference: referenceLosses.diceHausdorffLoss,
  unreduced: "classes",
  family: "shared",
  variants: [{}],
  spatial: true,
});
