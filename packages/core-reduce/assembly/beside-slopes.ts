// The slopes of overlap where labels are 0 or 1, and of what is summed beside it, from the upstream gradients of one class in four lanes or
// of four classes. Those of a class begin `place` bytes behind those of the first.
import { beside, isAny, powers, sides, trueNegatives } from "./beside";
import { coefficientsAt, termCoefficientsAt } from "./memory";
import { splat } from "./numbers";
import { Four } from "./planes";

// @ts-ignore: decorator
@inline
function upstream<Classes>(from: usize): v128 {
  if (offsetof<Classes>() != offsetof<Four>()) return v128.load32_splat(from);
  return f32x4(load<f32>(from), load<f32>(from, 16), load<f32>(from, 32), load<f32>(from, 48));
}

/** That of a sum beside overlap, 0 if it is another that stands there. */
// @ts-ignore: decorator
@inline
function upstreamBeside<Classes, Beside>(kind: i32, place: usize): v128 {
  return isAny<Beside>() && beside == kind ? upstream<Classes>(termCoefficientsAt + place) : splat(0);
}

/** What p costs where a class is labelled. */
// @ts-ignore: decorator
@inline
export function insideOf<Classes>(place: usize): v128 {
  return f32x4.sub(upstream<Classes>(coefficientsAt + place), upstream<Classes>(coefficientsAt + 8 + place));
}

/** What it costs where it is not; that of true negatives is as constant as that of false positives. */
// @ts-ignore: decorator
@inline
export function outsideOf<Classes, Beside>(place: usize): v128 {
  const ofFalsePositives = upstream<Classes>(coefficientsAt + 4 + place);
  if (!isAny<Beside>()) return ofFalsePositives;
  return f32x4.sub(ofFalsePositives, upstreamBeside<Classes, Beside>(trueNegatives, place));
}

/** What missing is multiplied by where a class is labelled. */
// @ts-ignore: decorator
@inline
export function squaresInside<Classes, Beside>(place: usize): v128 {
  return squares<Classes, Beside>(place, place);
}

/** The same where it is not. */
// @ts-ignore: decorator
@inline
export function squaresOutside<Classes, Beside>(place: usize): v128 {
  return squares<Classes, Beside>(place, place + 4);
}

// @ts-ignore: decorator
@inline
function squares<Classes, Beside>(place: usize, ofSide: usize): v128 {
  const ofAll = upstream<Classes>(coefficientsAt + 12 + place);
  if (!isAny<Beside>()) return f32x4.mul(ofAll, splat(-2));
  return f32x4.mul(f32x4.add(ofAll, upstreamBeside<Classes, Beside>(sides, ofSide)), splat(-2));
}

/** What the root of an error is multiplied by. */
// @ts-ignore: decorator
@inline
export function rootsOf<Classes, Beside>(place: usize): v128 {
  return f32x4.mul(upstreamBeside<Classes, Beside>(powers, place), splat(1.5));
}

// @ts-ignore: decorator
@inline
export function areAny(factors: v128): bool {
  return v128.any_true(f32x4.ne(factors, splat(0)));
}

/** What the errors of a voxel add to its slope. */
// @ts-ignore: decorator
@inline
export function slopeOfErrors<Beside>(
  kind: i32,
  p: v128,
  q: v128,
  isLabelled: v128,
  inside: v128,
  outside: v128,
  roots: v128,
): v128 {
  const missing = v128.bitselect(q, f32x4.neg(p), isLabelled);
  if (!isAny<Beside>()) return f32x4.mul(missing, inside);
  const ofSquares = f32x4.mul(missing, v128.bitselect(inside, outside, isLabelled));
  if (kind != powers) return ofSquares;
  const root = f32x4.mul(f32x4.sqrt(f32x4.abs(missing)), roots);
  return f32x4.add(ofSquares, v128.bitselect(f32x4.neg(root), root, isLabelled));
}
