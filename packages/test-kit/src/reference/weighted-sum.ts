import type { ReferenceResult } from "./input.ts";

/** sum_k w_k L_k of results that have the same shape: each term was reduced on its own. */
export function weightedResults(terms: readonly { weight: number; result: ReferenceResult }[]): ReferenceResult {
  const [first] = terms;
  if (!first) throw new Error("reference: a weighted sum needs a term");
  const { shape } = first.result;
  for (const { result } of terms) {
    if (result.shape.join() !== shape.join()) {
      throw new Error(`reference: terms of shapes [${shape.join(", ")}] and [${result.shape.join(", ")}] do not add`);
    }
  }
  const values = first.result.values.map((_, k) =>
    terms.reduce((sum, { weight, result }) => sum + weight * (result.values[k] as number), 0),
  );
  return { values, shape };
}
