/** Where ln p is continued by its tangent when the predictions are probabilities already. */
const TANGENT_POINT = 1e-7;

/** ln(1 + e^x) without overflow. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** ln(sum e^x) over `[from, to)` but for the entry `without`, and without overflow; minus infinity for no terms. */
export function logSumExp(terms: ArrayLike<number>, from = 0, to = terms.length, without = -1): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = from; k < to; k++) if (k !== without) largest = Math.max(largest, terms[k] as number);
  if (largest === Number.NEGATIVE_INFINITY) return largest;
  let sum = 0;
  for (let k = from; k < to; k++) if (k !== without) sum += Math.exp((terms[k] as number) - largest);
  return largest + Math.log(sum);
}

/** ln p, continued below 1e-7 by its tangent, so that value and derivative are finite and belong together. */
export function tangentLog(p: number): number {
  if (p >= TANGENT_POINT) return Math.log(p);
  return Math.log(TANGENT_POINT) + (p - TANGENT_POINT) / TANGENT_POINT;
}
