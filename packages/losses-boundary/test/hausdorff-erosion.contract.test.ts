import { hausdorffErosionLoss } from "@lossary/losses-boundary";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";
import { regionPartner } from "./region-partner.ts";

contract({
  name: "hausdorffErosionLoss",
  loss: hausdorffErosionLoss,
  reference: referenceLosses.hausdorffErosionLoss,
  records: recordsOf("hausdorffErosionLoss"),
  unreduced: "classes",
  family: "shared",
  variants: [{}, { erosions: 2, alpha: 0.5 }],
  spatial: true,
  // a squared error below one half does not outlast an erosion: there is nothing to learn from unsure predictions
  teachesAlone: false,
  partner: regionPartner,
});
