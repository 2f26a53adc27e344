import { reduceClasses } from "./class-mean.ts";
import { diceOf } from "./dice.ts";
import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { overlap } from "./overlap.ts";
import { type Prepared, prepare, smoothTargets } from "./prepare.ts";
import { meanOverChannels, reduceVoxels, sumOverClasses } from "./voxel-map.ts";
import { inverseFrequencies } from "./weighted-cross-entropy.ts";
import { weightedResults } from "./weighted-sum.ts";

// q_c g (-ln p)^gamma, of both sides where channels do not exclude each other.
function powerMap(prepared: Prepared, gamma: number): Float64Array {
  const { logP, logComplement } = prepared;
  const g = smoothTargets(prepared);
  const power = (log: number) => Math.max(-log, 0) ** gamma;
  const positive = (k: number) => (g[k] as number) * power(logP[k] as number);
  if (prepared.exclusive) return sumOverClasses(prepared, (_, _c, k) => positive(k));
  return meanOverChannels(
    prepared,
    (_, _c, k) => positive(k) + (1 - (g[k] as number)) * power(logComplement[k] as number),
  );
}

/** Exponential logarithmic loss in float64: w_D E[(-ln Dice)^g_D] + w_X E[q (-ln p)^g_X]; class weights act on the second. */
export function exponentialLogarithmicLoss(input: ReferenceInput): ReferenceResult {
  const { classWeights = "batch", ...rest } = input.options ?? {};
  const { diceWeight = 0.8, crossEntropyWeight = 0.2, gammaDice = 0.3, gammaCrossEntropy = 0.3 } = rest;
  const plain = prepare({ ...input, options: rest });
  // sqrt(sum f / f_c) is the root of C times the inverse frequency.
  const q =
    typeof classWeights === "object"
      ? classWeights
      : inverseFrequencies(plain).map((w) => Math.sqrt(plain.classes * w));
  const dice = reduceClasses(
    plain,
    overlap(plain),
    (sums) => Math.max(-Math.log(1 - diceOf(sums, plain, 1)), 0) ** gammaDice,
  );
  const entropy = reduceVoxels({ ...plain, q }, powerMap({ ...plain, q }, gammaCrossEntropy));
  return weightedResults([
    { weight: diceWeight, result: dice },
    { weight: crossEntropyWeight, result: entropy },
  ]);
}
