import fc from "fast-check";
import { expect, it } from "vitest";
import { effortOn } from "../backends.ts";
import { readGradient, readLoss } from "../evaluate.ts";
import { type ReferenceInput, referenceGradient } from "../reference.ts";
import { calls, type GeneratedCall } from "./generate.ts";
import type { Subject } from "./suite.ts";

/** Weights of the entries of a result, so that a gradient through the wrong entry shows. */
const upstreamOf = (size: number) => Float64Array.from({ length: size }, (_, i) => 1 + (i % 5) / 4);

/** Value, shape and gradient against the float64 reference, over generated calls. */
export function agreesWithReference(subject: Subject, backend: string): void {
  const { loss, reference, tolerance } = subject;
  const { runs } = effortOn(backend);
  it("agrees with its float64 reference in value, shape and gradient", async () => {
    await fc.assert(
      fc.asyncProperty(calls(subject), async (call: GeneratedCall) => {
        const expected = reference(call as ReferenceInput);
        const received = await readLoss(loss, call);
        expect(received.shape).toEqual(expected.shape);
        expect(received.values).toBeClose(expected.values, { relative: tolerance, absolute: 1e-7 });
        const upstream = upstreamOf(expected.values.length);
        const slopes = referenceGradient(reference, call as ReferenceInput, { upstream, step: 1e-3 });
        expect(await readGradient(loss, call, upstream)).toBeClose(slopes, { relative: tolerance, absolute: 1e-7 });
      }),
      { numRuns: runs, seed: 20240917 },
    );
  });
}
