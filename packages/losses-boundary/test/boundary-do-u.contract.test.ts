import { boundaryDoULoss } from "@lossary/losses-boundary";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";
import { regionPartner } from "./region-partner.ts";

contract({
  name: "boundaryDoULoss",
  loss: boundaryDoULoss,
  reference: referenceLosses.boundaryDoULoss,
  records: recordsOf("boundaryDoULoss"),
  unreduced: "classes",
  family: "ratio",
  without: ["intersection"],
  variants: [{}, { maxAlpha: 0.3 }],
  spatial: true,
  partner: regionPartner,
});
