// The gradient of the terms of a cross entropy, and of the errors with them, with respect to the predictions; without that of softmax's negatives.
import { storeThrough, throughActivation } from "./activate";
import { errorShare, hasLogs, isRaised, retained, smoothed, spread } from "./cross-entropy-terms";
import { slopesOfErrors } from "./error-terms";
import { classes, plane, scale, termCoefficientsAt } from "./memory";
import { splat } from "./numbers";
import { Four, Three, Two } from "./planes";
import { activation, softmax } from "./stage";
import { slopesOfTerms } from "./term-slopes";

/** Fills the planes of slopes. */
export function gradientOfTerms(bytes: usize): void {
  if (activation == softmax && hasLogs && errorShare == 0 && !isRaised()) {
    if (classes == 2) return gradientOfFew<Two>(bytes);
    if (classes == 3) return gradientOfFew<Three>(bytes);
    if (classes == 4) return gradientOfFew<Four>(bytes);
  }
  for (let c = 0; c < classes; c++) {
    if (hasLogs) slopesOfTerms(c, bytes, false);
    if (errorShare != 0) slopesOfErrors(c, bytes);
  }
  if (activation == softmax) throughActivation(bytes);
}

/** That of terms without powers through softmax of few classes, in one go: what stands between its steps needs no planes. */
// @ts-ignore: decorator
@inline
function gradientOfFew<N>(bytes: usize): void {
  const step = plane;
  const ofTarget = splat(retained);
  const ofAll = splat(spread);
  const a0 = v128.load32_splat(termCoefficientsAt);
  const a1 = v128.load32_splat(termCoefficientsAt, 16);
  const a2 = v128.load32_splat(termCoefficientsAt, 32);
  const a3 = v128.load32_splat(termCoefficientsAt, 48);
  for (let at: usize = 0; at < bytes; at += 16) {
    const s = f32x4.neg(v128.load(scale + at));
    const h0 = f32x4.mul(f32x4.mul(a0, smoothed(at, ofTarget, ofAll)), s);
    const h1 = f32x4.mul(f32x4.mul(a1, smoothed(at + step, ofTarget, ofAll)), s);
    if (offsetof<N>() == 2) {
      storeThrough(at, h0, h1);
      storeThrough(at + step, h1, h0);
      continue;
    }
    const h2 = f32x4.mul(f32x4.mul(a2, smoothed(at + 2 * step, ofTarget, ofAll)), s);
    const first = f32x4.add(h0, h1);
    if (offsetof<N>() == 3) {
      storeThrough(at, h0, f32x4.add(h1, h2));
      storeThrough(at + step, h1, f32x4.add(h0, h2));
      storeThrough(at + 2 * step, h2, first);
      continue;
    }
    const h3 = f32x4.mul(f32x4.mul(a3, smoothed(at + 3 * step, ofTarget, ofAll)), s);
    const second = f32x4.add(h2, h3);
    storeThrough(at, h0, f32x4.add(h1, second));
    storeThrough(at + step, h1, f32x4.add(h0, second));
    storeThrough(at + 2 * step, h2, f32x4.add(h3, first));
    storeThrough(at + 3 * step, h3, f32x4.add(h2, first));
  }
}
