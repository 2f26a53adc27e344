// The exponential of many numbers, two vectors side by side: a processor looks ahead less far than one exponential takes, and half of the
// constants are loaded.
import { constant, e0, e1, e2, e3, e4, leastExponent, ln2High, ln2Low, log2OfE, ones, rounding } from "./numbers";

/** Replaces numbers by `exponential` of them, bit for bit; `bytes` are rounded up to eight numbers. */
export function exponentials(from: usize, bytes: usize): void {
  const end = from + bytes;
  for (let at = from; at < end; at += 32) {
    const least = constant(leastExponent);
    const boundedA = f32x4.pmax(v128.load(at, 0), least);
    const boundedB = f32x4.pmax(v128.load(at, 16), least);
    const perOctave = constant(log2OfE);
    const shift = constant(rounding);
    const shiftedA = f32x4.add(f32x4.mul(boundedA, perOctave), shift);
    const shiftedB = f32x4.add(f32x4.mul(boundedB, perOctave), shift);
    const nA = f32x4.sub(shiftedA, shift);
    const nB = f32x4.sub(shiftedB, shift);
    const high = constant(ln2High);
    const roughA = f32x4.sub(boundedA, f32x4.mul(nA, high));
    const roughB = f32x4.sub(boundedB, f32x4.mul(nB, high));
    const low = constant(ln2Low);
    const rA = f32x4.sub(roughA, f32x4.mul(nA, low));
    const rB = f32x4.sub(roughB, f32x4.mul(nB, low));
    const c2 = constant(e2);
    const c3 = constant(e3);
    const middleA = f32x4.add(c2, f32x4.mul(rA, c3));
    const middleB = f32x4.add(c2, f32x4.mul(rB, c3));
    const squareA = f32x4.mul(rA, rA);
    const squareB = f32x4.mul(rB, rB);
    const c4 = constant(e4);
    const upperA = f32x4.add(middleA, f32x4.mul(squareA, c4));
    const upperB = f32x4.add(middleB, f32x4.mul(squareB, c4));
    const c0 = constant(e0);
    const c1 = constant(e1);
    const lowerA = f32x4.add(c0, f32x4.mul(rA, c1));
    const lowerB = f32x4.add(c0, f32x4.mul(rB, c1));
    const wholeA = f32x4.add(lowerA, f32x4.mul(squareA, upperA));
    const wholeB = f32x4.add(lowerB, f32x4.mul(squareB, upperB));
    const restA = f32x4.add(rA, f32x4.mul(squareA, wholeA));
    const restB = f32x4.add(rB, f32x4.mul(squareB, wholeB));
    const one = ones();
    v128.store(at, i32x4.add(f32x4.add(one, restA), i32x4.shl(shiftedA, 23)), 0);
    v128.store(at, i32x4.add(f32x4.add(one, restB), i32x4.shl(shiftedB, 23)), 16);
  }
}
