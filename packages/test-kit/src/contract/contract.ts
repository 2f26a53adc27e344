import { describe } from "vitest";
import { fusedBackends, onEachBackend } from "../backends.ts";
import type { AnyLoss } from "../evaluate.ts";
import { agreesWithReference } from "./agreement.ts";
import { isFiniteAtCorners } from "./corners.ts";
import { leavesNothingBehind } from "./lifecycle.ts";
import { obeysMetamorphicFacts } from "./metamorphic.ts";
import { agreesWithRecords } from "./records.ts";
import { refusesWrongArguments } from "./refusals.ts";
import { type LossUnderTest, subjectOf } from "./suite.ts";
import { trains } from "./training.ts";

/** The same loss without fused kernels, which would hide the portable ones. */
function withPortableKernels(loss: AnyLoss): AnyLoss {
  return (labels, predictions, options) => loss(labels, predictions, { ...(options ?? {}), fused: false } as never);
}

/**
 * Runs the whole contract of a loss on every backend of `testOn`, and once more without fused kernels where a backend has these: agreement with a
 * float64 reference, finite corners, ignored voxels, order of voxels, leaks, errors, training. It declares tests of vitest.
 *
 * @param given - the loss, its reference, and what it takes, refuses and does not promise
 * @throws Error where no set of options is to be tested, or `testOn` has named no backend
 *
 * @example
 * ```javascript
 * import { iouLoss } from "@lossary/losses-region";
 * import { contract } from "@lossary/test-kit";
 * import { referenceLosses } from "@lossary/test-kit/reference";
 *
 * contract({
 *   name: "iouLoss",
 *   loss: iouLoss,
 *   reference: referenceLosses.iouLoss,
 *   unreduced: "classes",
 *   family: "ratio",
 *   variants: [{}],
 * });
 * ```
 */
export function contract(given: LossUnderTest): void {
  const subject = subjectOf(given);
  describe(`${subject.name} fulfils the contract`, () => {
    onEachBackend("contract", (backend) => {
      agreesWithReference(subject, backend);
      agreesWithRecords(subject);
      isFiniteAtCorners(subject, backend);
      obeysMetamorphicFacts(subject);
      leavesNothingBehind(subject, backend);
      refusesWrongArguments(subject);
      trains(subject);
    });
    onEachBackend(
      "contract, portable kernels",
      (backend) => {
        const portable = { ...subject, loss: withPortableKernels(subject.loss) };
        agreesWithReference(portable, backend);
        isFiniteAtCorners(portable, backend);
        leavesNothingBehind(portable, backend);
      },
      fusedBackends(),
    );
  });
}
