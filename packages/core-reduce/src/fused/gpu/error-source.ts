import { logarithms } from "./logarithm-source.ts";
import { shortfall } from "./overlap-source.ts";

/** `missingOf`: g - p. `slopeOfDistance`: the derivative of |p - g|, the sign of p - g; 1 - 2g at p = g, the limit that a hard target has. */
const distance = `${shortfall}
    fn missingOf(n: i32, i: i32, c: i32) -> f32 {
      return shortfall(probability(n, i, c), complement(n, i, c), labelOf(n, i, c));
    }
    fn slopeOfDistance(missing: f32, g: f32) -> f32 {
      return select(select(1.0, -1.0, missing > 0.0), 1.0 - 2.0 * g, missing == 0.0);
    }`;

/** `errorOf`: |p - g|, or max(0, 1 - (2g - 1) x) of a score. */
export function errors(hinge: boolean): string {
  return hinge
    ? `${margin}
    fn errorOf(n: i32, i: i32, c: i32) -> f32 { return max(marginOf(n, i, c), 0.0); }`
    : `${distance}
    fn errorOf(n: i32, i: i32, c: i32) -> f32 { return abs(missingOf(n, i, c)); }`;
}

/** `slopeOf`: its derivative with respect to p, or to the score. */
export function errorSlopes(hinge: boolean): string {
  return hinge
    ? `${margin}
    fn slopeOf(n: i32, i: i32, c: i32) -> f32 {
      return select(0.0, 1.0 - 2.0 * labelOf(n, i, c), marginOf(n, i, c) > 0.0) * getUpstream(n, i, c);
    }`
    : `${distance}
    fn slopeOf(n: i32, i: i32, c: i32) -> f32 {
      return slopeOfDistance(missingOf(n, i, c), labelOf(n, i, c)) * getUpstream(n, i, c);
    }`;
}

const margin = `
    fn marginOf(n: i32, i: i32, c: i32) -> f32 {
      return 1.0 + (1.0 - 2.0 * labelOf(n, i, c)) * getPredictions(n, i, c);
    }`;

/** `powerOf`: x^exponent for x >= 0. */
const power = `${logarithms}
    fn powerOf(x: f32, exponent: f32) -> f32 {
      if (exponent == 1.0) { return x; }
      if (exponent == 2.0) { return x * x; }
      if (x == 0.0) { return 0.0; }
      return exp(exponent * logarithm(x));
    }`;

/** `termsOf`: |p - g|^exponent. */
export function errorPowerTerms(): string {
  return `${distance}${power}
    fn termsOf(n: i32, i: i32, c: i32) -> f32 { return powerOf(abs(missingOf(n, i, c)), uniforms.exponent); }`;
}

/** `slopeOf`: its derivative with respect to p. */
export function errorPowerSlopes(): string {
  return `${distance}${power}
    fn slopeOf(n: i32, i: i32, c: i32) -> f32 {
      let missing: f32 = missingOf(n, i, c);
      if (uniforms.exponent == 1.0) { return slopeOfDistance(missing, labelOf(n, i, c)) * getUpstream(n, c); }
      let size: f32 = uniforms.exponent * powerOf(abs(missing), uniforms.exponent - 1.0);
      return select(size, -size, missing > 0.0) * getUpstream(n, c);
    }`;
}

/** `termsOf`: min(1 - p, 1 - g), or (1 - p) (1 - g). */
export function trueNegativeTerms(product: boolean): string {
  const [q, unlabelled] = ["complement(n, i, c)", "1.0 - labelOf(n, i, c)"];
  return `
    fn termsOf(n: i32, i: i32, c: i32) -> f32 { return ${product ? `${q} * (${unlabelled})` : `min(${q}, ${unlabelled})`}; }`;
}

/** `slopeOf`: its derivative with respect to p; 1 - g at p = g, the limit that a hard target has. */
export function trueNegativeSlopes(product: boolean): string {
  const inside = "select(select(1.0, 0.0, missing > 0.0), 1.0 - g, missing == 0.0)";
  return `${distance}
    fn slopeOf(n: i32, i: i32, c: i32) -> f32 {
      let g: f32 = labelOf(n, i, c);
      let missing: f32 = missingOf(n, i, c);
      return -${product ? "(1.0 - g)" : inside} * getUpstream(n, c);
    }`;
}
