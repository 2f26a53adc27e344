import { hausdorffConvolutionLoss } from "@lossary/losses-boundary";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";
import { nearThreshold } from "./near-threshold.ts";
import { regionPartner } from "./region-partner.ts";

contract({
  name: "hausdorffConvolutionLoss",
  loss: hausdorffConvolutionLoss,
  reference: referenceLosses.hausdorffConvolutionLoss,
  records: recordsOf("hausdorffConvolutionLoss"),
  unreduced: "classes",
  family: "shared",
  variants: [{ radii: [1, 2.5] }, { radii: [1.5], alpha: 0 }],
  spatial: true,
  refuses: (_, call) => nearThreshold(call),
  partner: regionPartner,
});
