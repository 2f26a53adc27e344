import { describe } from "vitest";
import { onEachBackend } from "../backends.ts";
import type { AnyLoss } from "../evaluate.ts";
import { agreesWithReference } from "./agreement.ts";
import { isFiniteAtCorners } from "./corners.ts";
import { agreesWithPeers } from "./fixtures.ts";
import { leavesNothingBehind } from "./lifecycle.ts";
import { obeysMetamorphicFacts } from "./metamorphic.ts";
import { refusesWrongArguments } from "./refusals.ts";
import { type LossUnderTest, subjectOf } from "./suite.ts";
import { trains } from "./training.ts";

/** The same loss without fused kernels, which would hide the portable ones. */
function withPortableKernels(loss: AnyLoss): AnyLoss {
  return (labels, predictions, options) => loss(labels, predictions, { ...(options ?? {}), fused: false } as never);
}

/** Runs the whole contract on every backend: what every loss of the library must fulfil. */
export function contract(given: LossUnderTest): void {
  const subject = subjectOf(given);
  describe(`${subject.name} fulfils the contract`, () => {
    onEachBackend("contract", () => {
      agreesWithReference(subject);
      agreesWithPeers(subject);
      isFiniteAtCorners(subject);
      obeysMetamorphicFacts(subject);
      leavesNothingBehind(subject);
      refusesWrongArguments(subject);
      trains(subject);
    });
    onEachBackend("contract, portable kernels", () => {
      const portable = { ...subject, loss: withPortableKernels(subject.loss) };
      agreesWithReference(portable);
      isFiniteAtCorners(portable);
      leavesNothingBehind(portable);
    });
  });
}
