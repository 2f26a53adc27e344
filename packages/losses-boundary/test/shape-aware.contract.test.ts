import { shapeAwareLoss } from "@lossary/losses-boundary";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";
import { regionPartner } from "./region-partner.ts";

contract({
  name: "shapeAwareLoss",
  loss: shapeAwareLoss,
  reference: referenceLosses.shapeAwareLoss,
  records: recordsOf("shapeAwareLoss"),
  unreduced: "voxels",
  family: "distribution",
  variants: [{}, { distanceWeight: 0.25, distanceUnit: "diagonal" }],
  spatial: true,
  partner: regionPartner,
});
