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
