/** Where ln p is continued by its tangent when the predictions are probabilities already. */
const TANGENT_POINT = 1e-7;

/** ln(1 + e^x) without overflow. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** ln(sum_k e^x_k) without overflow; minus infinity for no terms. */
export function logSumExp(terms: readonly number[]): number {
  const largest = Math.max(...terms);
  if (largest === Number.NEGATIVE_INFINITY) return largest;
  return largest + Math.log(terms.reduce((sum, x) => sum + Math.exp(x - largest), 0));
}

/** ln p, continued below 1e-7 by its tangent, so that value and derivative are finite and belong together. */
export function tangentLog(p: number): number {
  if (p >= TANGENT_POINT) return Math.log(p);
  return Math.log(TANGENT_POINT) + (p - TANGENT_POINT) / TANGENT_POINT;
}
