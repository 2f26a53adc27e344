import { crossEntropyMap } from "./cross-entropy.ts";
import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { reduceVoxels } from "./voxel-map.ts";

/** The part of each voxel that is selected: 1, 0, or an equal share of the last places where losses tie. */
function selection(prepared: Prepared): Float64Array {
  const { batch, voxels, v } = prepared;
  const map = crossEntropyMap(prepared);
  const share = new Float64Array(map.length);
  const parts = prepared.options.per === "sample" ? batch : 1;
  const size = (batch * voxels) / parts;
  for (let part = 0; part < parts; part++) {
    const valid = Array.from({ length: size }, (_, k) => part * size + k).filter((i) => (v[i] as number) > 0);
    if (valid.length > 0) select(prepared, map, valid, share);
  }
  return share;
}

function select(prepared: Prepared, map: Float64Array, valid: number[], share: Float64Array): void {
  const { percent = 10, threshold } = prepared.options;
  if (threshold !== undefined) {
    const uncertain = valid.filter((i) => trueClassProbability(prepared, i) < threshold);
    for (const i of uncertain) share[i] = 1;
    if (uncertain.length > 0) return;
  }
  const places = threshold !== undefined ? 1 : Math.max(1, Math.round((percent * valid.length) / 100));
  const edge = valid.map((i) => map[i] as number).sort((a, b) => b - a)[places - 1] as number;
  const above = valid.filter((i) => (map[i] as number) > edge);
  const tied = valid.filter((i) => map[i] === edge);
  for (const i of above) share[i] = 1;
  for (const i of tied) share[i] = (places - above.length) / tied.length;
}

// Exclusive: the probability of the target. Else: the mean over channels of g p + (1 - g)(1 - p).
function trueClassProbability(prepared: Prepared, voxel: number): number {
  const { classes, firstClass, p, complement, g, exclusive } = prepared;
  let sum = 0;
  for (let k = voxel * classes + (exclusive ? 0 : firstClass); k < (voxel + 1) * classes; k++) {
    sum += (g[k] as number) * (p[k] as number) + (exclusive ? 0 : (1 - (g[k] as number)) * (complement[k] as number));
  }
  return exclusive ? sum : sum / (classes - firstClass);
}

/** Top-K cross entropy in float64: the selection belongs to the detached predictions and is not differentiated. */
export function topKLoss(input: ReferenceInput): ReferenceResult {
  const prepared = prepare(input);
  const share = selection(prepare(input, input.detachedPredictions));
  const { reduction = "mean", per = "batch" } = prepared.options;
  if (reduction === "mean" && per === "sample") {
    const options = { ...prepared.options, reduction: "sample" as const };
    const { values } = reduceVoxels({ ...prepared, options }, crossEntropyMap(prepared), share);
    return { values: Float64Array.of(values.reduce((sum, x) => sum + x, 0) / prepared.batch), shape: [] };
  }
  return reduceVoxels(prepared, crossEntropyMap(prepared), share);
}
