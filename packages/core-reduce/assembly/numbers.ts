// Exponential, logarithm and power of four numbers, each within 1e-7 of the true value. The coefficients are minimax fits.
//
// Numbers that stand in inner loops are kept in memory: an engine makes a constant vector anew in every round, which costs more than
// to load it.

const one = memory.data<f32>([1]);
const two = memory.data<f32>([2]);
export const leastExponent = memory.data<f32>([-86.9]);
/** 1.5 x 2^23: adding it rounds to an integer and leaves that in the low bits. */
export const rounding = memory.data<f32>([12582912]);
export const log2OfE = memory.data<f32>([1.44269504088896341]);
/** ln 2 in two parts, of which the first has so few digits that its multiples are exact. */
export const ln2High = memory.data<f32>([0.693359375]);
export const ln2Low = memory.data<f32>([-2.12194440e-4]);
const ln2 = memory.data<f32>([0.69314718055994531]);
/** (e^r - 1 - r) / r^2 for |r| up to ln 2 / 2. */
export const e0 = memory.data<f32>([0.4999999403953552]);
export const e1 = memory.data<f32>([0.16666515171527863]);
export const e2 = memory.data<f32>([0.04166845604777336]);
export const e3 = memory.data<f32>([0.008369418792426586]);
export const e4 = memory.data<f32>([0.0013813144760206342]);
/** (artanh s - s) / s^3 in s^2, for s up to 1/3. */
const a0 = memory.data<f32>([0.3333320617675781]);
const a1 = memory.data<f32>([0.20010849833488464]);
const a2 = memory.data<f32>([0.13999570906162262]);
const a3 = memory.data<f32>([0.14012229442596436]);
/** The same for s up to 0.172, where ln x is reduced to. */
const l0 = memory.data<f32>([0.33333390951156616]);
const l1 = memory.data<f32>([0.19988538324832916]);
const l2 = memory.data<f32>([0.14942650496959686]);
/** The bits of the square root of 1/2. */
const rootOfHalf = memory.data<i32>([0x3f3504f3]);

// @ts-ignore: decorator
@inline
export function splat(x: f32): v128 {
  return f32x4.splat(x);
}

// @ts-ignore: decorator
@inline
export function constant(at: usize): v128 {
  return v128.load32_splat(at);
}

// @ts-ignore: decorator
@inline
export function ones(): v128 {
  return constant(one);
}

/**
 * e^x for x of at most 88; below -86.9 it stays at e^-86.9 = 1.8e-38, the smallest that is no denormal.
 * x = n ln 2 + r, e^r = 1 + r + r^2 E(r), and n goes into the exponent. NaN stays NaN.
 */
// @ts-ignore: decorator
@inline
export function exponential(x: v128): v128 {
  const bounded = f32x4.pmax(x, constant(leastExponent));
  const shifted = f32x4.add(f32x4.mul(bounded, constant(log2OfE)), constant(rounding));
  const n = f32x4.sub(shifted, constant(rounding));
  const r = f32x4.sub(f32x4.sub(bounded, f32x4.mul(n, constant(ln2High))), f32x4.mul(n, constant(ln2Low)));
  const r2 = f32x4.mul(r, r);
  // in pairs, not from the inside out: half as many steps wait for each other
  const low = f32x4.add(constant(e0), f32x4.mul(r, constant(e1)));
  const middle = f32x4.add(constant(e2), f32x4.mul(r, constant(e3)));
  const e = f32x4.add(low, f32x4.mul(r2, f32x4.add(middle, f32x4.mul(r2, constant(e4)))));
  const power = f32x4.add(ones(), f32x4.add(r, f32x4.mul(r2, e)));
  return i32x4.add(power, i32x4.shl(shifted, 23));
}

/** ln (1 + y) for y from 0 to 1: 2 artanh(y / (2 + y)), with the relative precision of y however small it is. */
// @ts-ignore: decorator
@inline
export function logOnePlusShare(y: v128): v128 {
  const s = f32x4.div(y, f32x4.add(y, constant(two)));
  const z = f32x4.mul(s, s);
  const low = f32x4.add(constant(a0), f32x4.mul(z, constant(a1)));
  const high = f32x4.add(constant(a2), f32x4.mul(z, constant(a3)));
  const a = f32x4.add(low, f32x4.mul(f32x4.mul(z, z), high));
  const twice = f32x4.add(s, s);
  return f32x4.add(twice, f32x4.mul(f32x4.mul(z, twice), a));
}

/** ln (1 + y) for any y of at least 0, likewise. */
// @ts-ignore: decorator
@inline
export function logOnePlus(y: v128): v128 {
  const x = f32x4.add(y, ones());
  const k = exponentOf(x);
  const ofMantissa = f32x4.sub(mantissaOf(x, k), ones());
  // near 1, 1 + y has rounded away what y still knows
  return logOf(v128.bitselect(y, ofMantissa, i32x4.eq(k, i32x4.splat(0))), k);
}

/** ln x for x above 0. */
// @ts-ignore: decorator
@inline
export function logarithm(x: v128): v128 {
  const k = exponentOf(x);
  return logOf(f32x4.sub(mantissaOf(x, k), ones()), k);
}

/** k of x = 2^k m, m from the square root of 1/2 to that of 2. */
// @ts-ignore: decorator
@inline
function exponentOf(x: v128): v128 {
  return i32x4.shr_s(i32x4.sub(x, constant(rootOfHalf)), 23);
}

// @ts-ignore: decorator
@inline
function mantissaOf(x: v128, k: v128): v128 {
  return i32x4.sub(x, i32x4.shl(k, 23));
}

/** ln (2^k (1 + f)). */
// @ts-ignore: decorator
@inline
function logOf(f: v128, k: v128): v128 {
  const s = f32x4.div(f, f32x4.add(f, constant(two)));
  const z = f32x4.mul(s, s);
  const l = f32x4.add(constant(l0), f32x4.mul(z, f32x4.add(constant(l1), f32x4.mul(z, constant(l2)))));
  const twice = f32x4.add(s, s);
  const ofMantissa = f32x4.add(twice, f32x4.mul(f32x4.mul(z, twice), l));
  return f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(k), constant(ln2)), ofMantissa);
}

/** max(x, 0)^exponent; small whole exponents by multiplication, 1/2 and 3/2 by a square root, which costs less than a logarithm. */
// @ts-ignore: decorator
@inline
export function power(x: v128, exponent: f32): v128 {
  const base = f32x4.pmax(splat(0), x);
  if (exponent == 0) return ones();
  if (exponent == 1) return base;
  if (exponent == 2) return f32x4.mul(base, base);
  return generalPower(base, exponent);
}

function generalPower(base: v128, exponent: f32): v128 {
  if (exponent == 0.5) return f32x4.sqrt(base);
  if (exponent == 1.5) return f32x4.mul(base, f32x4.sqrt(base));
  if (exponent <= 8 && Mathf.floor(exponent) == exponent) {
    let product = base;
    for (let i: f32 = 1; i < exponent; i++) product = f32x4.mul(product, base);
    return product;
  }
  const raised = exponential(f32x4.pmin(f32x4.mul(logarithm(base), splat(exponent)), splat(88)));
  return v128.and(raised, f32x4.gt(base, splat(0)));
}

/** How far numbers are added up in single precision, 16 a lane: few enough for 1e-7, and everywhere the same, so that results do not depend on the way. */
export const chunk: usize = 256;

/** Adds four numbers to a pair of doubles. */
// @ts-ignore: decorator
@inline
export function addTo(pair: v128, numbers: v128): v128 {
  const low = f64x2.promote_low_f32x4(numbers);
  const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(numbers, numbers, 2, 3, 2, 3));
  return f64x2.add(pair, f64x2.add(low, high));
}

/** Adds to the four sums of a class. */
// @ts-ignore: decorator
@inline
export function addToSums(sums: usize, first: v128, second: v128, third: v128, fourth: v128): void {
  v128.store(sums, addTo(v128.load(sums), first));
  v128.store(sums, addTo(v128.load(sums, 16), second), 16);
  v128.store(sums, addTo(v128.load(sums, 32), third), 32);
  v128.store(sums, addTo(v128.load(sums, 48), fourth), 48);
}
