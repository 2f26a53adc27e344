import { describe } from "vitest";
import { onEachBackend } from "../backends.ts";
import { agreesWithReference } from "./agreement.ts";
import { isFiniteAtCorners } from "./corners.ts";
import { agreesWithPeers } from "./fixtures.ts";
import { leavesNothingBehind } from "./lifecycle.ts";
import { obeysMetamorphicFacts } from "./metamorphic.ts";
import { refusesWrongArguments } from "./refusals.ts";
import { type LossUnderTest, subjectOf } from "./suite.ts";
import { trains } from "./training.ts";

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
  });
}
