// What both cross-entropy reductions are made of: their coefficients and exponents.
import { activate, everything, logs, probabilities } from "./activate";
import { target } from "./memory";
import { prepareSoftmaxNegatives } from "./softmax-negatives";
import { activation, softmax } from "./stage";

/** Whether a loop is compiled with a term or without it. */
@unmanaged export class No {}
@unmanaged export class Yes { a: u8; }

export let gamma: f32 = 0;
/** The power of the logarithms; goes with a gamma of 0. */
export let logPower: f32 = 1;
/** g' = retained g + spread. */
export let retained: f32 = 1;
export let spread: f32 = 0;
export let hasNegatives: bool = false;
/** Whether the terms with logarithms take part, and how often the errors g' (1 - p) and (1 - g') p do. */
export let hasLogs: bool = true;
export let errorShare: f32 = 0;

/** The focusing exponent, the power of the logarithms, the smoothing, whether there are terms of negatives, and what is added up: logarithms, errors. */
export function describeTerms(
  exponent: f32,
  ofLogs: f32,
  share: f32,
  everywhere: f32,
  negatives: bool,
  logarithms: bool,
  errors: f32,
): void {
  hasLogs = logarithms;
  errorShare = errors;
  gamma = exponent;
  logPower = ofLogs;
  retained = share;
  spread = everywhere;
  hasNegatives = negatives;
}

/** Fills what the values of the terms are made of. */
export function activateForTerms(bytes: usize, withProbabilities: bool): void {
  const isPlain = !isRaised() && errorShare == 0 && !(hasNegatives && activation == softmax);
  activate(bytes, !hasLogs ? probabilities : isPlain && !withProbabilities ? logs : everything);
  if (hasSoftmaxNegatives()) prepareSoftmaxNegatives(bytes, true);
}

/** Fills what the slopes of the terms are made of: logarithms only where there are powers. */
export function activateForSlopes(bytes: usize): void {
  const needsLogs = hasLogs && isRaised();
  activate(bytes, needsLogs ? everything : probabilities);
  if (hasSoftmaxNegatives()) prepareSoftmaxNegatives(bytes, needsLogs);
}

/** Whether more than the logarithms themselves is needed: powers of 1 - p, or of logarithms. */
export function isRaised(): bool {
  return gamma != 0 || logPower != 1;
}

/** Whether there are logarithms of 1 - p of classes that exclude each other. */
export function hasSoftmaxNegatives(): bool {
  return hasLogs && hasNegatives && activation == softmax;
}

/** g'. */
// @ts-ignore: decorator
@inline
export function smoothed(at: usize, ofTarget: v128, ofAll: v128): v128 {
  return f32x4.add(f32x4.mul(v128.load(target + at), ofTarget), ofAll);
}
