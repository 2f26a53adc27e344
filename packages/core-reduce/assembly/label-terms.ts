// Cross entropy of independent classes where each is either labelled or not: of its two terms one is left, before any power is taken.
import { gamma, hasNegatives, isRaised, logPower, retained, spread } from "./cross-entropy-terms";
import { complement, minusLog, minusLogComplement, probability, target, weight } from "./memory";
import { addTo, chunk, ones, power, splat } from "./numbers";
import { activation, softmax } from "./stage";

/**
 * Whether both terms of a class are wanted with powers of them, and it is either labelled or not in every voxel of the block, so that one of them is left. The
 * plane of its target begins at `offset`.
 */
export function isOneOfBoth(offset: usize, bytes: usize): bool {
  if (!hasNegatives || !isRaised() || activation == softmax || retained != 1 || spread != 0) return false;
  const one = ones();
  let odd = i32x4.splat(0);
  for (let at = target + offset; at < target + offset + bytes; at += 16) {
    const g = v128.load(at);
    odd = v128.or(odd, v128.not(v128.or(f32x4.eq(g, one), f32x4.eq(g, splat(0)))));
  }
  return !v128.any_true(odd);
}

/** Adds the term of the positive where a class is labelled and that of the negative where it is not: one power instead of two. */
export function addTermOfLabel(offset: usize, sums: usize, bytes: usize): void {
  const exponent = gamma;
  const ofLogs = logPower;
  let positives = v128.load(sums);
  let negatives = v128.load(sums, 16);
  for (let from: usize = 0; from < bytes; from += chunk) {
    const end = min(from + chunk, bytes);
    let positive = splat(0);
    let negative = splat(0);
    for (let at = from; at < end; at += 16) {
      const place = offset + at;
      const isLabelled = f32x4.eq(v128.load(target + place), ones());
      const log = v128.bitselect(v128.load(minusLog + place), v128.load(minusLogComplement + place), isLabelled);
      const error = v128.bitselect(v128.load(complement + place), v128.load(probability + place), isLabelled);
      const raised = f32x4.mul(power(log, ofLogs), power(error, exponent));
      const term = f32x4.mul(v128.load(weight + at), raised);
      positive = f32x4.add(positive, v128.and(term, isLabelled));
      negative = f32x4.add(negative, v128.andnot(term, isLabelled));
    }
    positives = addTo(positives, positive);
    negatives = addTo(negatives, negative);
  }
  v128.store(sums, positives);
  v128.store(sums, negatives, 16);
}
