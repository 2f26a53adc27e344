// What is summed beside overlap where labels are 0 or 1: an error is 1 - p where a class is labelled, and p where it is not.
import { termSumsAt } from "./memory";
import { addTo } from "./numbers";

/** Whether a loop is compiled with it or without. */
@unmanaged export class Nothing {}
@unmanaged export class Something { a: u8; }

/** v (1 - p) where a class is not labelled. */
export const trueNegatives: i32 = 0;
/** The squared errors on either side of the truth. */
export const sides: i32 = 1;
/** The errors to the power 3/2, which is a square root away. */
export const powers: i32 = 2;

/** Which of them. */
export let beside: i32 = trueNegatives;

export function chooseBeside(kind: i32): void {
  beside = kind;
}

// @ts-ignore: decorator
@inline
export function isAny<Beside>(): bool {
  return offsetof<Beside>() != offsetof<Nothing>();
}

/** What a voxel adds to the sum beside overlap, without its weight; of sides the labelled one. */
// @ts-ignore: decorator
@inline
export function besideOf(kind: i32, complement: v128, error: v128, isLabelled: v128): v128 {
  if (kind == trueNegatives) return v128.andnot(complement, isLabelled);
  if (kind == sides) return v128.and(f32x4.mul(error, error), isLabelled);
  return f32x4.mul(error, f32x4.sqrt(error));
}

/** What it adds to the squared errors; of sides those that stand apart already are left out. */
// @ts-ignore: decorator
@inline
export function squareOf<Beside>(kind: i32, square: v128, isLabelled: v128): v128 {
  return isAny<Beside>() && kind == sides ? v128.andnot(square, isLabelled) : square;
}

/** E: nothing is subtracted from it, both sides are added. */
// @ts-ignore: decorator
@inline
export function allSquares<Beside>(kind: i32, squares: v128, term: v128): v128 {
  return isAny<Beside>() && kind == sides ? f32x4.add(squares, term) : squares;
}

/** Adds to the sums beside overlap of a class, which begin `place` bytes behind those of the first; only sides are asked for the second. */
// @ts-ignore: decorator
@inline
export function addBeside<Beside>(place: usize, term: v128, squares: v128): void {
  if (!isAny<Beside>()) return;
  const sums = termSumsAt + place;
  v128.store(sums, addTo(v128.load(sums), term));
  v128.store(sums, addTo(v128.load(sums, 16), squares), 16);
}
