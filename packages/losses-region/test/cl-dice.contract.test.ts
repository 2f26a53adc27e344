import { clDiceLoss } from "@lossary/losses-region";
import { recordsOf } from "@lossary/peers";
import { contract } from "@lossary/test-kit";
import { prepare, type ReferenceInput, referenceLosses } from "@lossary/test-kit/reference";

/** Whether two probabilities of a class differ by less than float32 holds of them next to 1: a skeleton is such a difference. */
function hasLostDigits(call: ReferenceInput): boolean {
  const { complement, classes } = prepare(call);
  return Array.from({ length: classes }, (_, c) => complement.filter((_q, i) => i % classes === c)).some(
    (ofClass) => new Set(ofClass.filter((q) => q < 1e-4)).size > 1,
  );
}

contract({
  name: "clDiceLoss",
  loss: clDiceLoss,
  reference: referenceLosses.clDiceLoss,
  records: recordsOf("clDiceLoss"),
  unreduced: "classes",
  family: "ratio",
  variants: [{}, { iterations: 1 }],
  without: ["intersection"],
  refuses: (_options, call) => hasLostDigits(call),
  spatial: true,
});
