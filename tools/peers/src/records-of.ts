import type { RecordedCall } from "@lossary/test-kit";
import type { ReferenceInput, ReferenceLossName } from "@lossary/test-kit/reference";
import { fixtureComparisons } from "./comparisons.ts";
import { handVectors } from "./hand-vectors.ts";

/** What a loss must agree with in its contract: the records of other libraries and the vectors worked out by hand. */
export function recordsOf(loss: ReferenceLossName): RecordedCall[] {
  const ofPeers = fixtureComparisons(loss).map(
    ({ name, input, values, gradient, upstream, tolerance }): RecordedCall => ({
      name,
      call: withHardLabels(input),
      values,
      upstream,
      closeness: { relative: Math.max(1e-5, tolerance), absolute: Math.max(1e-6, tolerance) },
      gradientCloseness: { relative: Math.max(1e-5, 10 * tolerance), absolute: Math.max(1e-6, tolerance) },
      ...(gradient && { gradient }),
    }),
  );
  const byHand = handVectors
    .filter((vector) => vector.loss === loss)
    .map(
      ({ name, input, value, gradient, tolerance }): RecordedCall => ({
        name,
        call: input,
        values: [value],
        gradient,
        closeness: { absolute: tolerance },
        gradientCloseness: { relative: 0, absolute: tolerance },
      }),
    );
  return [...ofPeers, ...byHand];
}

/** Labels that are to be smoothed are hard, and say so by their dtype. */
function withHardLabels(input: ReferenceInput): ReferenceInput {
  const isSmoothed = JSON.stringify(input.options ?? {}).includes("labelSmoothing");
  return isSmoothed ? { ...input, labels: Int32Array.from(input.labels) } : input;
}
