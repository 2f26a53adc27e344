import { boundaryLoss } from "@lossary/losses-boundary";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";
import { regionPartner } from "./region-partner.ts";

contract({
  name: "boundaryLoss",
  loss: boundaryLoss,
  reference: referenceLosses.boundaryLoss,
  records: recordsOf("boundaryLoss"),
  unreduced: "classes",
  family: "shared",
  variants: [{}],
  spatial: true,
  // signed: the perfect prediction costs the mean of the negative distances
  zeroAtPerfect: false,
  // its distance is 0 on the inner border, which it leaves to the region loss
  teachesAlone: false,
  partner: regionPartner,
});
