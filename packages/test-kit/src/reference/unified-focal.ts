import { reduceClasses } from "./class-mean.ts";
import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { type OverlapSums, overlap } from "./overlap.ts";
import { type Prepared, prepare, smoothTargets } from "./prepare.ts";
import { tverskyIndex } from "./tversky.ts";
import { meanOverChannels, reduceVoxels, sumOverClasses } from "./voxel-map.ts";
import { weightedResults } from "./weighted-sum.ts";

interface UnifiedOptions {
  readonly delta: number;
  readonly gamma: number;
  /** Whether the foreground is modulated in the focal part and the background in the Tversky part too. */
  readonly symmetric: boolean;
}

// Background: (1-d)(1-p)^gamma (-ln p). Foreground: d (-ln p), modulated as well in the symmetric form.
function modifiedFocalMap(prepared: Prepared, { delta, gamma, symmetric }: UnifiedOptions): Float64Array {
  const { p, complement, logP, logComplement } = prepared;
  const g = smoothTargets(prepared);
  const suppress = (x: number) => Math.max(x, 0) ** gamma;
  const foreground = (k: number) =>
    -delta * (symmetric ? suppress(complement[k] as number) : 1) * (g[k] as number) * (logP[k] as number);
  if (prepared.exclusive) {
    const background = (k: number) =>
      -(1 - delta) * suppress(complement[k] as number) * (g[k] as number) * (logP[k] as number);
    return sumOverClasses(prepared, (_, c, k) => (c === 0 ? background(k) : foreground(k)));
  }
  const rest = (k: number) =>
    -(1 - delta) * suppress(p[k] as number) * (1 - (g[k] as number)) * (logComplement[k] as number);
  return meanOverChannels(prepared, (_, _c, k) => foreground(k) + rest(k));
}

// The sums of 1 - p against 1 - g: the background of a channel that stands alone.
function complementOf(sums: OverlapSums): OverlapSums {
  const { volume, predicted, labelled, intersection } = sums;
  return {
    ...sums,
    predicted: volume - predicted,
    labelled: volume - labelled,
    intersection: volume - predicted - labelled + intersection,
  };
}

// (1 - T)^(1 - gamma) for the foreground, 1 - T for the background (both powers in the symmetric form), mean over classes.
function modifiedTversky(prepared: Prepared, { delta, gamma, symmetric }: UnifiedOptions): ReferenceResult {
  const options = { ...prepared.options, falseNegativeWeight: delta, falsePositiveWeight: 1 - delta };
  const settled = { ...prepared, options };
  const miss = (sums: OverlapSums) => Math.max(1 - tverskyIndex(sums, settled), 0);
  const foreground = (sums: OverlapSums) => miss(sums) ** (1 - gamma);
  const background = (sums: OverlapSums) => (symmetric ? foreground(sums) : miss(sums));
  return reduceClasses(settled, overlap(settled), (sums, _, c) => {
    if (prepared.exclusive) return c === 0 ? background(sums) : foreground(sums);
    return (foreground(sums) + background(complementOf(sums))) / 2;
  });
}

function unifiedFocal(input: ReferenceInput, symmetric: boolean): ReferenceResult {
  const prepared = prepare(input);
  const { delta = 0.6, gamma = 0.5, focalWeight = 0.5 } = prepared.options;
  const unified = { delta, gamma, symmetric };
  return weightedResults([
    { weight: focalWeight, result: reduceVoxels(prepared, modifiedFocalMap(prepared, unified)) },
    { weight: 1 - focalWeight, result: modifiedTversky(prepared, unified) },
  ]);
}

/** Asymmetric unified focal loss in float64. */
export function asymmetricUnifiedFocalLoss(input: ReferenceInput): ReferenceResult {
  return unifiedFocal(input, false);
}

/** Symmetric unified focal loss in float64. */
export function symmetricUnifiedFocalLoss(input: ReferenceInput): ReferenceResult {
  return unifiedFocal(input, true);
}
