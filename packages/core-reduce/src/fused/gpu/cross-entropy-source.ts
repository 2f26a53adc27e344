import type { Activation } from "../../loss.ts";

/** What the terms of positives and negatives of a class `c` are multiplied by: expressions in `n`, `i` and `c`. */
export interface Coefficients {
  readonly positive: string;
  /** Left out for exclusive classes. */
  readonly negative?: string | undefined;
}

/** `positiveAt` and `negativeAt`: a_c g'_c and b_c (1 - g'_c). */
export function weightsOfTerms({ positive, negative }: Coefficients): string {
  const label = "(labelOf(n, i, c) * uniforms.keep + uniforms.spread)";
  const ofNegatives = `
    fn negativeAt(n: i32, i: i32, c: i32) -> f32 { return ${negative} * (1.0 - ${label}); }`;
  return `
    fn positiveAt(n: i32, i: i32, c: i32) -> f32 { return ${positive} * ${label}; }
    ${negative ? ofNegatives : ""}`;
}

/** `power`: x^gamma; `raised`: a power of a logarithm. */
const power = `
    fn power(base: f32) -> f32 {
      let x: f32 = max(base, 0.0);
      if (uniforms.gamma == 0.0) { return 1.0; }
      if (uniforms.gamma == 1.0) { return x; }
      if (uniforms.gamma == 2.0) { return x * x; }
      if (uniforms.gamma == 3.0) { return x * x * x; }
      if (x == 0.0) { return 0.0; }
      return exp(uniforms.gamma * logarithm(x));
    }
    fn raised(minusLog: f32) -> f32 {
      if (uniforms.logPower == 1.0) { return minusLog; }
      if (minusLog <= 0.0) { return 0.0; }
      return exp(uniforms.logPower * logarithm(minusLog));
    }`;

/** `positiveOf` and `negativeOf`: a_c g'_c (1 - p_c)^gamma (-ln p_c) and b_c (1 - g'_c) p_c^gamma (-ln (1 - p_c)). */
function terms(coefficients: Coefficients, withErrors = false): string {
  const [ofPositive, ofNegative] = withErrors
    ? [" + uniforms.epsilon * complement(n, i, c)", " + uniforms.epsilon * probability(n, i, c)"]
    : ["", ""];
  const ofNegatives = `negativeAt(n, i, c) * (power(probability(n, i, c)) * raised(minusLogComplement(n, i, c))${ofNegative})`;
  return `${weightsOfTerms(coefficients)}${power}
    fn positiveOf(n: i32, i: i32, c: i32) -> f32 {
      return positiveAt(n, i, c) * (power(complement(n, i, c)) * raised(minusLog(n, i, c))${ofPositive});
    }
    fn negativeOf(n: i32, i: i32, c: i32) -> f32 { return ${coefficients.negative ? ofNegatives : "0.0"}; }`;
}

/** `valueOf`: the sum of both over the classes of a voxel. */
export function crossEntropyOfVoxel(coefficients: Coefficients): string {
  return `${terms(coefficients)}
    fn valueOf(n: i32, i: i32) -> f32 {
      var sum: f32 = 0.0;
      for (var c: i32 = 0; c < classCount(); c++) { sum += positiveOf(n, i, c) + negativeOf(n, i, c); }
      return sum;
    }`;
}

/** `termsOf`: both, side by side, and with them the errors where these are wanted. */
export function crossEntropyOfClass(coefficients: Coefficients, withErrors: boolean): string {
  return `${terms(coefficients, withErrors)}
    fn termsOf(n: i32, i: i32, c: i32) -> vec4<f32> {
      takeLogs(n, i);
      return vec4<f32>(positiveOf(n, i, c), negativeOf(n, i, c), 0.0, 0.0);
    }`;
}

/** `gradientOf`: the derivative of the sum over the classes of a voxel with respect to the prediction of one. */
export function crossEntropyGradient(kind: Activation, coefficients: Coefficients): string {
  const hasNegatives = coefficients.negative !== undefined;
  const ofVoxel = kind === "softmax" ? (hasNegatives ? softmaxOfBoth : softmaxOfPositives) : alone(kind, hasNegatives);
  return `${weightsOfTerms(coefficients)}${power}${focalSlope(kind)}${ofVoxel}`;
}

/**
 * -p d/dp [q^gamma (-ln p)] with q = 1 - p, without the factor p where there is no activation; -ln p / q tends to 1 at p = 1.
 * `slopeOfPositive`: h = p dL/dp, or dL/dp itself without an activation.
 */
function focalSlope(kind: Activation): string {
  const isActivated = kind !== "none";
  return `
    fn focalSlope(p: f32, q: f32, logarithm: f32) -> f32 {
      let ofLog: f32 = ${isActivated ? "1.0" : "1.0 / max(p, 1e-7)"};
      if (uniforms.logPower != 1.0) {
        if (logarithm <= 1.2e-38) { return 0.0; }
        return ofLog * uniforms.logPower * raised(logarithm) / logarithm;
      }
      if (uniforms.gamma == 0.0) { return ofLog; }
      let ratio: f32 = ${isActivated ? "p * " : ""}logarithm / max(q, 1e-30);
      return power(q) * (ofLog + uniforms.gamma * ratio);
    }
    fn slopeOfPositive(n: i32, i: i32, c: i32) -> f32 {
      return -positiveAt(n, i, c) * focalSlope(probability(n, i, c), complement(n, i, c), minusLog(n, i, c));
    }`;
}

/** Without an activation, and with sigmoids, every class is alone; its negatives are positives with p and 1 - p exchanged. */
function alone(kind: Activation, hasNegatives: boolean): string {
  const [q, p] = kind === "sigmoid" ? [" * complement(n, i, c)", " * probability(n, i, c)"] : ["", ""];
  const ofNegatives = `
        + negativeAt(n, i, c) * focalSlope(complement(n, i, c), probability(n, i, c), minusLogComplement(n, i, c))${p}`;
  return `
    fn gradientOf(n: i32, i: i32, c: i32) -> f32 {
      return slopeOfPositive(n, i, c)${q}${hasNegatives ? ofNegatives : ""};
    }`;
}

/** h_c (1 - p_c) - p_c sum of the other classes' h. */
const softmaxOfPositives = `
    fn gradientOf(n: i32, i: i32, c: i32) -> f32 {
      var others: f32 = 0.0;
      for (var k: i32 = 0; k < classCount(); k++) {
        if (k != c) { others += slopeOfPositive(n, i, k); }
      }
      return slopeOfPositive(n, i, c) * complement(n, i, c) - probability(n, i, c) * others;
    }`;

/**
 * With W = b (1 - g') p^gamma the logarithm of a negative gives p_c W_c - sum over the other classes of W_k p_k p_c / (1 - p_k); p_c / (1 - p_k) of the
 * largest class k is the softmax without it. The power gives h = gamma W (-ln (1 - p)), which goes the way of the positives.
 */
const softmaxOfBoth = `
    fn weightOfNegative(n: i32, i: i32, c: i32) -> f32 { return negativeAt(n, i, c) * power(probability(n, i, c)); }
    fn slopeAt(n: i32, i: i32, c: i32) -> f32 {
      let ofPower: f32 = uniforms.gamma * weightOfNegative(n, i, c) * minusLogComplement(n, i, c);
      return slopeOfPositive(n, i, c) + ofPower;
    }
    fn gradientOf(n: i32, i: i32, c: i32) -> f32 {
      let p: f32 = probability(n, i, c);
      var others: f32 = 0.0;
      for (var k: i32 = 0; k < classCount(); k++) {
        if (k != c) {
          others += slopeAt(n, i, k);
          if (k != top) { others += weightOfNegative(n, i, k) * probability(n, i, k) / complement(n, i, k); }
        }
      }
      let ofTop: f32 = withoutTop(n, i, c) * weightOfNegative(n, i, top) * probability(n, i, top);
      return slopeAt(n, i, c) * complement(n, i, c) + p * (weightOfNegative(n, i, c) - others) - ofTop;
    }`;
