// Labels of 0 and 1 in what a forward pass leaves.

/** The bit of numbers from 2 on, which no probability has: where a label was 1 it is set. */
export const labelBit: i32 = 0x40000000;
/** The bits of 1. */
export const oneAsBits: i32 = 0x3f800000;
const withoutLabel = memory.data<u32>([0xbfffffff]);
const withoutSigns = memory.data<u32>([0x3fffffff]);

/** Whether the label that a kept number stands beside was 1. */
// @ts-ignore: decorator
@inline
export function labelled(kept: v128): v128 {
  return i32x4.shr_s(i32x4.shl(kept, 1), 31);
}

/** A kept number without its label. */
// @ts-ignore: decorator
@inline
export function unlabelled(kept: v128): v128 {
  return v128.and(kept, v128.load32_splat(withoutLabel));
}

/** The smaller one of p and 1 - p. */
// @ts-ignore: decorator
@inline
export function smallerOf(kept: v128): v128 {
  return v128.and(kept, v128.load32_splat(withoutSigns));
}
