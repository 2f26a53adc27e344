// Exponential, logarithm and power of four numbers, each within 1e-7 of the true value. The coefficients are minimax fits.

// @ts-ignore: decorator
@inline
export function splat(x: f32): v128 {
  return f32x4.splat(x);
}

/**
 * e^x for x of at most 88; below -86.9 it stays at e^-86.9 = 1.8e-38, the smallest that is no denormal.
 * x = n ln 2 + r, e^r = 1 + r + r^2 Q(r), and n goes into the exponent. NaN stays NaN.
 */
// @ts-ignore: decorator
@inline
export function exponential(x: v128): v128 {
  const bounded = f32x4.pmax(x, splat(-86.9));
  // adding 1.5 x 2^23 rounds to an integer and leaves it in the low bits
  const shifted = f32x4.add(f32x4.mul(bounded, splat(1.44269504088896341)), splat(12582912.0));
  const n = f32x4.sub(shifted, splat(12582912.0));
  const r = f32x4.sub(f32x4.sub(bounded, f32x4.mul(n, splat(0.693359375))), f32x4.mul(n, splat(-2.12194440e-4)));
  let q = f32x4.add(f32x4.mul(r, splat(0.0013813144760206342)), splat(0.008369418792426586));
  q = f32x4.add(f32x4.mul(q, r), splat(0.04166845604777336));
  q = f32x4.add(f32x4.mul(q, r), splat(0.16666515171527863));
  q = f32x4.add(f32x4.mul(q, r), splat(0.4999999403953552));
  const power = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(r, r), q), r), splat(1));
  return i32x4.add(power, i32x4.shl(shifted, 23));
}

/** ln (1 + y) for y from 0 to 1: 2 artanh(y / (2 + y)), with the relative precision of y however small it is. */
// @ts-ignore: decorator
@inline
export function logOnePlusShare(y: v128): v128 {
  const s = f32x4.div(y, f32x4.add(y, splat(2)));
  const z = f32x4.mul(s, s);
  let p = f32x4.add(f32x4.mul(z, splat(0.14012229442596436)), splat(0.13999570906162262));
  p = f32x4.add(f32x4.mul(p, z), splat(0.20010849833488464));
  p = f32x4.add(f32x4.mul(p, z), splat(0.3333320617675781));
  const twice = f32x4.add(s, s);
  return f32x4.add(twice, f32x4.mul(f32x4.mul(p, z), twice));
}

/** ln (1 + y) for any y of at least 0, likewise. */
// @ts-ignore: decorator
@inline
export function logOnePlus(y: v128): v128 {
  const x = f32x4.add(y, splat(1));
  const k = exponentOf(x);
  const ofMantissa = f32x4.sub(mantissaOf(x, k), splat(1));
  // near 1, 1 + y has rounded away what y still knows
  return logOf(v128.bitselect(y, ofMantissa, i32x4.eq(k, i32x4.splat(0))), k);
}

/** ln x for x above 0. */
// @ts-ignore: decorator
@inline
export function logarithm(x: v128): v128 {
  const k = exponentOf(x);
  return logOf(f32x4.sub(mantissaOf(x, k), splat(1)), k);
}

/** k of x = 2^k m, m from the square root of 1/2 to that of 2. */
// @ts-ignore: decorator
@inline
function exponentOf(x: v128): v128 {
  return i32x4.shr_s(i32x4.sub(x, i32x4.splat(0x3f3504f3)), 23);
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
  const s = f32x4.div(f, f32x4.add(f, splat(2)));
  const z = f32x4.mul(s, s);
  let p = f32x4.add(f32x4.mul(z, splat(0.14942650496959686)), splat(0.19988538324832916));
  p = f32x4.add(f32x4.mul(p, z), splat(0.33333390951156616));
  const twice = f32x4.add(s, s);
  const ofMantissa = f32x4.add(twice, f32x4.mul(f32x4.mul(p, z), twice));
  return f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(k), splat(0.69314718055994531)), ofMantissa);
}

/** max(x, 0)^exponent; small whole exponents by multiplication. */
// @ts-ignore: decorator
@inline
export function power(x: v128, exponent: f32): v128 {
  const base = f32x4.pmax(splat(0), x);
  if (exponent == 0) return splat(1);
  if (exponent == 1) return base;
  if (exponent == 2) return f32x4.mul(base, base);
  return generalPower(base, exponent);
}

function generalPower(base: v128, exponent: f32): v128 {
  if (exponent <= 8 && Mathf.floor(exponent) == exponent) {
    let product = base;
    for (let i: f32 = 1; i < exponent; i++) product = f32x4.mul(product, base);
    return product;
  }
  const raised = exponential(f32x4.pmin(f32x4.mul(logarithm(base), splat(exponent)), splat(88)));
  return v128.and(raised, f32x4.gt(base, splat(0)));
}

/** Adds four numbers to a pair of doubles. */
// @ts-ignore: decorator
@inline
export function addTo(pair: v128, numbers: v128): v128 {
  const low = f64x2.promote_low_f32x4(numbers);
  const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(numbers, numbers, 2, 3, 2, 3));
  return f64x2.add(pair, f64x2.add(low, high));
}
