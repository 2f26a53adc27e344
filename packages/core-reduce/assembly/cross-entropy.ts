// The map v sum_c [a_c g'_c (1 - p_c)^gamma (-ln p_c) + b_c (1 - g'_c) p_c^gamma (-ln (1 - p_c))], and its gradient; a multiple of the errors
// may stand beside these terms or in their place.
import { gradientOfBlock, noOverlap, scaleByWeights } from "./cross-entropy-sums";
import {
  activateForTerms,
  errorShare,
  gamma,
  hasLogs,
  hasNegatives,
  No,
  retained,
  smoothed,
  spread,
  Yes,
} from "./cross-entropy-terms";
import { sumErrors } from "./error-terms";
import {
  blockVoxels,
  classes,
  complement,
  mapAt,
  minusLog,
  minusLogComplement,
  plane,
  probability,
  termCoefficientsAt,
  weight,
} from "./memory";
import { ones, power, splat } from "./numbers";
import { bytesOf, isKept, stage } from "./stage";

/** The coefficients of the last of the 16 classes that are added up one after the other: one sum over 256 would be off by 1e-6. */
const partBytes: usize = 15 << 4;

/** Fills the map of a tile; the coefficients are a and b, class by class. What is kept is its gradient where the upstream gradient is 1. */
export function crossEntropy(voxels: i32): void {
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    const bytes = bytesOf(count);
    const map = mapAt + ((<usize>first) << 2);
    stage(first, count);
    activateForTerms(bytes, isKept);
    if (hasLogs) sumLogs(map, bytes);
    if (errorShare != 0) sumErrors(map, bytes);
    if (isKept) {
      scaleByWeights(bytes);
      gradientOfBlock(first, bytes, noOverlap, 0);
    }
  }
}

/** Fills the map of a block of which the planes are filled. */
export function sumLogs(map: usize, bytes: usize): void {
  if (hasNegatives) {
    if (gamma == 0) sumTerms<Yes, No>(map, bytes);
    else sumTerms<Yes, Yes>(map, bytes);
  } else if (gamma == 0) sumTerms<No, No>(map, bytes);
  else sumTerms<No, Yes>(map, bytes);
}

function sumTerms<Negatives, Focal>(map: usize, bytes: usize): void {
  const stride = plane;
  const exponent = gamma;
  const ofTarget = splat(retained);
  const ofAll = splat(spread);
  const end = termCoefficientsAt + ((<usize>classes) << 4);
  for (let first: usize = 0; first < bytes; first += 16) {
    let sum = splat(0);
    let part = splat(0);
    let at = first;
    for (let coefficients = termCoefficientsAt; coefficients < end; coefficients += 16) {
      const g = smoothed(at, ofTarget, ofAll);
      let term = f32x4.mul(f32x4.mul(v128.load32_splat(coefficients), g), v128.load(minusLog + at));
      if (offsetof<Focal>()) term = f32x4.mul(term, power(v128.load(complement + at), exponent));
      if (offsetof<Negatives>()) {
        const b = v128.load32_splat(coefficients, 4);
        let ofNegative = f32x4.mul(f32x4.mul(b, f32x4.sub(ones(), g)), v128.load(minusLogComplement + at));
        if (offsetof<Focal>()) ofNegative = f32x4.mul(ofNegative, power(v128.load(probability + at), exponent));
        term = f32x4.add(term, ofNegative);
      }
      part = f32x4.add(part, term);
      at += stride;
      if (((coefficients - termCoefficientsAt) & partBytes) == partBytes) {
        sum = f32x4.add(sum, part);
        part = splat(0);
      }
    }
    v128.store(map + first, f32x4.mul(f32x4.add(sum, part), v128.load(weight + first)));
  }
}
