import { expect } from "vitest";
import { readGradient, readLoss } from "../evaluate.ts";
import {
  fixtureComparisons,
  handVectors,
  type ReferenceInput,
  type ReferenceLossName,
  referenceLosses,
} from "../reference/index.ts";
import { itWhere } from "./it-where.ts";
import type { Subject } from "./suite.ts";

/** The peers' recorded numbers and the vectors worked out by hand. */
export function agreesWithPeers(subject: Subject): void {
  const { loss, name } = subject;
  if (!(name in referenceLosses)) return;
  const comparisons = fixtureComparisons(name as ReferenceLossName);
  itWhere(comparisons.length > 0)(`agrees with ${comparisons.length} records of other libraries`, async () => {
    for (const { name: record, input, values, gradient, upstream, tolerance } of comparisons) {
      const call = smoothedLabelsHard(input);
      expect((await readLoss(loss, call)).values, record).toBeClose(values, {
        relative: Math.max(1e-5, tolerance),
        absolute: Math.max(1e-6, tolerance),
      });
      if (!gradient) continue;
      const closeness = { relative: Math.max(1e-5, 10 * tolerance), absolute: Math.max(1e-6, tolerance) };
      expect(await readGradient(loss, call, upstream), record).toBeClose(gradient, closeness);
    }
  });

  const vectors = handVectors.filter((vector) => vector.loss === name);
  itWhere(vectors.length > 0)(`agrees with ${vectors.length} vectors worked out by hand`, async () => {
    for (const { name: title, input, value, gradient, tolerance } of vectors) {
      expect((await readLoss(loss, input)).values, title).toBeClose(value, { absolute: tolerance });
      expect(await readGradient(loss, input), title).toBeClose(gradient, { relative: 0, absolute: tolerance });
    }
  });
}

/** Labels that are to be smoothed are hard, and say so by their dtype. */
function smoothedLabelsHard(input: ReferenceInput): ReferenceInput {
  const isSmoothed = JSON.stringify(input.options ?? {}).includes("labelSmoothing");
  return isSmoothed ? { ...input, labels: Int32Array.from(input.labels) } : input;
}
