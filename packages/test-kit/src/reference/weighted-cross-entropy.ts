import { crossEntropyMap } from "./cross-entropy.ts";
import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { reduceVoxels } from "./voxel-map.ts";

/** sum_k G_k / (C G_c) over the batch; an absent class gets the largest finite weight, 1 when no class is present. */
export function inverseFrequencies(prepared: Prepared): number[] {
  const { classes, g, v } = prepared;
  const labelled = new Array<number>(classes).fill(0);
  g.forEach((value, k) => {
    labelled[k % classes] = (labelled[k % classes] as number) + (v[Math.floor(k / classes)] as number) * value;
  });
  const total = labelled.reduce((sum, count) => sum + count, 0);
  const present = labelled.filter((count) => count > 0).map((count) => total / (classes * count));
  const largest = present.length === 0 ? 1 : Math.max(...present);
  return labelled.map((count) => (count > 0 ? total / (classes * count) : largest));
}

/** Weighted cross entropy in float64: cross entropy whose class weights are required, or come from the targets. */
export function weightedCrossEntropyLoss(input: ReferenceInput): ReferenceResult {
  const classWeights = input.options?.classWeights;
  if (classWeights === undefined) throw new Error("reference: weightedCrossEntropyLoss needs classWeights");
  if (classWeights !== "inverseFrequency") {
    const prepared = prepare(input);
    return reduceVoxels(prepared, crossEntropyMap(prepared));
  }
  const { classWeights: _, ...rest } = input.options ?? {};
  const plain = prepare({ ...input, options: rest });
  const prepared = { ...plain, q: inverseFrequencies(plain) };
  return reduceVoxels(prepared, crossEntropyMap(prepared));
}
