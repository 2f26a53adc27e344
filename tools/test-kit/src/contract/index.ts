import { describe } from "vitest";
import { onEachBackend } from "../backends.ts";
import { agreesWithReference } from "./agreement.ts";
import { type LossUnderTest, subjectOf } from "./suite.ts";

/** Runs the whole contract on every backend: what every loss of the library must fulfil. */
export function contract(given: LossUnderTest): void {
  const subject = subjectOf(given);
  describe(`${subject.name} fulfils the contract`, () => {
    onEachBackend("", () => {
      agreesWithReference(subject);
    });
  });
}
