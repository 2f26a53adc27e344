import type { Activation } from "../../loss.ts";
import { logarithms } from "./logarithm-source.ts";

/** After `look(n, i)` and `takeLogs(n, i)`, `minusLog` and `minusLogComplement` give -ln p and -ln (1 - p) of a voxel's classes. */
export function logs(kind: Activation): string {
  return logarithms + { none, sigmoid, softmax }[kind];
}

/** Below 1e-7 the logarithm goes on as a straight line. */
const none = `
    fn takeLogs(n: i32, i: i32) {}
    fn minusContinued(p: f32) -> f32 { return -logarithm(max(p, 1e-7)) - min(p - 1e-7, 0.0) / 1e-7; }
    fn minusLog(n: i32, i: i32, c: i32) -> f32 { return minusContinued(probability(n, i, c)); }
    fn minusLogComplement(n: i32, i: i32, c: i32) -> f32 { return minusContinued(complement(n, i, c)); }`;

const sigmoid = `
    fn takeLogs(n: i32, i: i32) {}
    fn softplus(x: f32) -> f32 { return max(x, 0.0) + logOnePlus(exp(-abs(x))); }
    fn minusLog(n: i32, i: i32, c: i32) -> f32 { return softplus(-getPredictions(n, i, c)); }
    fn minusLogComplement(n: i32, i: i32, c: i32) -> f32 { return softplus(getPredictions(n, i, c)); }`;

/**
 * The exponentials of all but the largest may underflow, so the logarithm of their sum is taken relative to the second largest. `withoutTop` is the
 * softmax over all of them.
 */
const softmax = `
    var<private> second: f32;
    var<private> below: f32;
    var<private> logTotal: f32;

    fn takeLogs(n: i32, i: i32) {
      second = getPredictions(n, i, select(0, 1, top == 0));
      for (var c: i32 = 0; c < classCount(); c++) {
        if (c != top) { second = max(second, getPredictions(n, i, c)); }
      }
      below = 0.0;
      for (var c: i32 = 0; c < classCount(); c++) {
        if (c != top) { below += exp(getPredictions(n, i, c) - second); }
      }
      logTotal = logOnePlus(rest);
    }
    fn minusLog(n: i32, i: i32, c: i32) -> f32 { return logTotal + (peak - getPredictions(n, i, c)); }
    fn minusLogComplement(n: i32, i: i32, c: i32) -> f32 {
      if (c == top) { return logTotal + (peak - second) - logarithm(below); }
      return logOnePlus(probability(n, i, c) / complement(n, i, c));
    }
    fn withoutTop(n: i32, i: i32, c: i32) -> f32 {
      return select(exp(getPredictions(n, i, c) - second) / below, 0.0, c == top);
    }`;
