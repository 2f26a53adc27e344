import { logHausdorffDistanceLoss } from "@lossary/losses-boundary";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";
import { regionPartner } from "./region-partner.ts";

contract({
  name: "logHausdorffDistanceLoss",
  loss: logHausdorffDistanceLoss,
  reference: referenceLosses.logHausdorffDistanceLoss,
  records: recordsOf("logHausdorffDistanceLoss"),
  unreduced: "classes",
  family: "shared",
  variants: [{}, { sided: "target", alpha: 1.5 }],
  spatial: true,
  partner: regionPartner,
});
