// The errors v sum_c [a_c g'_c (1 - p_c) + b_c (1 - g'_c) p_c], alone or beside a cross entropy.
import { errorShare, hasLogs, hasNegatives, retained, smoothed, spread } from "./cross-entropy-terms";
import { classes, complement, minusLog, minusLogComplement, plane, probability, scale, slope, termCoefficientsAt, weight } from "./memory";
import { ones, splat } from "./numbers";
import { activation, none, softmax } from "./stage";

/** The coefficients of the last of the 16 classes that are added up one after the other: one sum over 256 would be off by 1e-6. */
const partBytes: usize = 15 << 4;

/** Adds its share of 1 - p to each -ln p, and of p to each -ln (1 - p): what is made of them holds the errors then. */
export function addErrorsToLogs(bytes: usize): void {
  const share = splat(errorShare);
  for (let c = 0; c < classes; c++) {
    const offset = <usize>c * plane;
    for (let at = offset; at < offset + bytes; at += 16) {
      const ofPositive = f32x4.mul(share, v128.load(complement + at));
      v128.store(minusLog + at, f32x4.add(v128.load(minusLog + at), ofPositive));
      if (!hasNegatives) continue;
      const ofNegative = f32x4.mul(share, v128.load(probability + at));
      v128.store(minusLogComplement + at, f32x4.add(v128.load(minusLogComplement + at), ofNegative));
    }
  }
}

/** Adds the errors to the map, or fills it with them. */
export function sumErrors(map: usize, bytes: usize): void {
  const ofTarget = splat(retained);
  const ofAll = splat(spread);
  const share = splat(errorShare);
  const end = termCoefficientsAt + ((<usize>classes) << 4);
  for (let first: usize = 0; first < bytes; first += 16) {
    let sum = splat(0);
    let part = splat(0);
    let at = first;
    for (let coefficients = termCoefficientsAt; coefficients < end; coefficients += 16) {
      const g = smoothed(at, ofTarget, ofAll);
      part = f32x4.add(part, f32x4.mul(f32x4.mul(v128.load32_splat(coefficients), g), v128.load(complement + at)));
      if (hasNegatives) {
        const b = f32x4.mul(v128.load32_splat(coefficients, 4), f32x4.sub(ones(), g));
        part = f32x4.add(part, f32x4.mul(b, v128.load(probability + at)));
      }
      at += plane;
      if (((coefficients - termCoefficientsAt) & partBytes) == partBytes) {
        sum = f32x4.add(sum, part);
        part = splat(0);
      }
    }
    const errors = f32x4.mul(f32x4.mul(f32x4.add(sum, part), share), v128.load(weight + first));
    v128.store(map + first, hasLogs ? f32x4.add(v128.load(map + first), errors) : errors);
  }
}

/** Adds the slopes of the errors to those that are there, or fills the plane with them. */
export function slopesOfErrors(c: i32, bytes: usize): void {
  const offset = <usize>c * plane;
  const coefficients = termCoefficientsAt + ((<usize>c) << 4);
  const a = v128.load32_splat(coefficients);
  const b = hasNegatives ? v128.load32_splat(coefficients, 4) : splat(0);
  const ofTarget = splat(retained);
  const ofAll = splat(spread);
  const share = splat(errorShare);
  for (let at: usize = 0; at < bytes; at += 16) {
    const g = smoothed(offset + at, ofTarget, ofAll);
    let d = f32x4.sub(f32x4.mul(b, f32x4.sub(ones(), g)), f32x4.mul(a, g));
    d = f32x4.mul(f32x4.mul(d, share), v128.load(scale + at));
    if (activation != none) d = f32x4.mul(d, v128.load(probability + offset + at));
    if (activation != none && activation != softmax) d = f32x4.mul(d, v128.load(complement + offset + at));
    v128.store(slope + offset + at, hasLogs ? f32x4.add(v128.load(slope + offset + at), d) : d);
  }
}
