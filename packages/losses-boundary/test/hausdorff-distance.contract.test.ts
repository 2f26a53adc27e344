import { hausdorffDistanceLoss } from "@lossary/losses-boundary";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";
import { regionPartner } from "./region-partner.ts";

const subject = {
  name: "hausdorffDistanceLoss",
  loss: hausdorffDistanceLoss,
  reference: referenceLosses.hausdorffDistanceLoss,
  records: recordsOf("hausdorffDistanceLoss"),
  unreduced: "classes",
  family: "shared",
  spatial: true,
  partner: regionPartner,
} as const;

contract({ ...subject, variants: [{}, { alpha: 1, borderless: 0 }, { sided: "target", borderless: 2.5 }] });

// the most probable class is a mask of exclusive classes
contract({
  ...subject,
  variants: [{ predictionMask: "argmax" }],
  classes: [2, 4],
  activations: ["none", "softmax"],
  refuses: ({ multiLabel }) => multiLabel === true,
});
