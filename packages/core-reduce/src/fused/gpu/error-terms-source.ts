import type { Coefficients } from "./cross-entropy-source.ts";

/** `errorsOf`: the sum over the classes of a voxel of a_c g'_c (1 - p_c) and b_c (1 - g'_c) p_c; at most 16 numbers are added serially. */
export function errorsOfVoxel({ negative }: Coefficients): string {
  const ofNegative = negative ? " + negativeAt(n, i, c) * probability(n, i, c)" : "";
  return `
    fn errorsOf(n: i32, i: i32) -> f32 {
      var sum: f32 = 0.0;
      for (var first: i32 = 0; first < classCount(); first += 16) {
        var part: f32 = 0.0;
        for (var c: i32 = first; c < min(first + 16, classCount()); c++) {
          part += positiveAt(n, i, c) * complement(n, i, c)${ofNegative};
        }
        sum += part;
      }
      return sum;
    }`;
}

/** `slopeOf`, or another name: its derivative with respect to p. */
export function errorSlopesOfVoxel({ negative }: Coefficients, name = "slopeOf"): string {
  const ofNegative = negative ? "negativeAt(n, i, c)" : "0.0";
  return `
    fn ${name}(n: i32, i: i32, c: i32) -> f32 { return ${ofNegative} - positiveAt(n, i, c); }`;
}
