import { shortfall } from "./overlap-source.ts";

const missing = `${shortfall}
    fn missingOf(n: i32, i: i32, c: i32) -> f32 {
      return shortfall(probability(n, i, c), complement(n, i, c), labelOf(n, i, c));
    }`;

/** `termsOf`: (p - g)^2 f. */
export const squaredErrorTerms = `${missing}
    fn termsOf(n: i32, i: i32, c: i32) -> f32 {
      let missing: f32 = missingOf(n, i, c);
      return missing * missing * getField(n, i, c);
    }`;

/** `slopeOf`: its derivative with respect to p. */
export const squaredErrorSlopes = `${missing}
    fn slopeOf(n: i32, i: i32, c: i32) -> f32 {
      return -2.0 * missingOf(n, i, c) * getField(n, i, c) * getUpstream(n, c);
    }`;
