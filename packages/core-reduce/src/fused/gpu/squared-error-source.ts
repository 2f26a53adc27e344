import type { FieldChoice } from "../voxel-arrays.ts";
import { shortfall } from "./overlap-source.ts";

/** f at a class of a voxel: a tensor, the target g, or 1 - g. */
function fieldOf(over: FieldChoice): string {
  const value = { field: "getField(n, i, c)", labelled: "labelOf(n, i, c)", unlabelled: "1.0 - labelOf(n, i, c)" }[
    over
  ];
  return `${shortfall}
    fn fieldOf(n: i32, i: i32, c: i32) -> f32 { return ${value}; }
    fn missingOf(n: i32, i: i32, c: i32) -> f32 {
      return shortfall(probability(n, i, c), complement(n, i, c), labelOf(n, i, c));
    }`;
}

/** `termsOf`: (p - g)^2 f. */
export function squaredErrorTerms(over: FieldChoice): string {
  return `${fieldOf(over)}
    fn termsOf(n: i32, i: i32, c: i32) -> f32 {
      let missing: f32 = missingOf(n, i, c);
      return missing * missing * fieldOf(n, i, c);
    }`;
}

/** `slopeOf`: its derivative with respect to p. */
export function squaredErrorSlopes(over: FieldChoice): string {
  return `${fieldOf(over)}
    fn slopeOf(n: i32, i: i32, c: i32) -> f32 {
      return -2.0 * missingOf(n, i, c) * fieldOf(n, i, c) * getUpstream(n, c);
    }`;
}
