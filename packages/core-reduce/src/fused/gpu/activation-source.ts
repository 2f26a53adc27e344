import type { Activation } from "../../loss.ts";

/**
 * Activations: after `look(n, i)` at a voxel, `probability` and `complement` give p and 1 - p of its classes. 1 - p is made of the other
 * classes' exponentials, or of the negated logit: taken from p, it would have no digits near p = 1.
 */
export function activation(kind: Activation | undefined): string {
  return kind === undefined ? nothing : { none, sigmoid, softmax }[kind];
}

/** `throughActivation`: the gradient with respect to a prediction, where `slopeOf` gives that with respect to the probabilities. */
export function gradient(kind: Activation): string {
  return { none: ofNone, sigmoid: ofSigmoid, softmax: ofSoftmax }[kind];
}

const nothing = "fn look(n: i32, i: i32) {}";

const none = `
    fn look(n: i32, i: i32) {}
    fn probability(n: i32, i: i32, c: i32) -> f32 { return getPredictions(n, i, c); }
    fn complement(n: i32, i: i32, c: i32) -> f32 { return 1.0 - getPredictions(n, i, c); }`;

const sigmoid = `
    fn look(n: i32, i: i32) {}
    fn sigmoid(x: f32) -> f32 {
      let small: f32 = exp(-abs(x));
      return select(small, 1.0, x >= 0.0) / (1.0 + small);
    }
    fn probability(n: i32, i: i32, c: i32) -> f32 { return sigmoid(getPredictions(n, i, c)); }
    fn complement(n: i32, i: i32, c: i32) -> f32 { return sigmoid(-getPredictions(n, i, c)); }`;

/** The largest exponential is exactly 1, and left out of `rest`; what is added serially is at most 16 numbers long. */
const softmax = `
    var<private> top: i32;
    var<private> peak: f32;
    var<private> rest: f32;

    fn exponential(n: i32, i: i32, c: i32) -> f32 { return exp(getPredictions(n, i, c) - peak); }

    fn look(n: i32, i: i32) {
      top = 0;
      peak = getPredictions(n, i, 0);
      for (var c: i32 = 1; c < classCount(); c++) {
        let x: f32 = getPredictions(n, i, c);
        if (x > peak) {
          top = c;
          peak = x;
        }
      }
      rest = 0.0;
      for (var first: i32 = 0; first < classCount(); first += 16) {
        var part: f32 = 0.0;
        for (var c: i32 = first; c < min(first + 16, classCount()); c++) {
          if (c != top) { part += exponential(n, i, c); }
        }
        rest += part;
      }
    }
    fn probability(n: i32, i: i32, c: i32) -> f32 { return exponential(n, i, c) / (1.0 + rest); }
    fn complement(n: i32, i: i32, c: i32) -> f32 {
      return select(1.0 + rest - exponential(n, i, c), rest, c == top) / (1.0 + rest);
    }`;

const ofNone = "fn throughActivation(n: i32, i: i32, c: i32) -> f32 { return slopeOf(n, i, c); }";

const ofSigmoid = `
    fn throughActivation(n: i32, i: i32, c: i32) -> f32 {
      return probability(n, i, c) * complement(n, i, c) * slopeOf(n, i, c);
    }`;

/** p_c sum_k p_k (d_c - d_k), which keeps its digits where p_c (d_c - sum_k p_k d_k) cancels. */
const ofSoftmax = `
    fn throughActivation(n: i32, i: i32, c: i32) -> f32 {
      let own: f32 = slopeOf(n, i, c);
      var sum: f32 = 0.0;
      for (var k: i32 = 0; k < classCount(); k++) {
        if (k != c) { sum += probability(n, i, k) * (own - slopeOf(n, i, k)); }
      }
      return probability(n, i, c) * sum;
    }`;
