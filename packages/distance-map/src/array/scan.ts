/**
 * The first axis by two sweeps (Rosenfeld and Pfaltz, 1966): a voxel's steps to the nearest voxel of another label
 * along the slowest axis, plane by plane, so that memory is read in order. Steps saturate at `far`: none found.
 */
export type Steps = Uint16Array | Uint32Array;

/** The smaller of two numbers below 2^31, without a branch: one that nobody can foresee costs five times the sweep. */
function leastOf(a: number, b: number): number {
  const more = a - b;
  return b + (more & (more >> 31));
}

/** All ones where two labels are equal, else zero. */
function equalOf(a: number, b: number): number {
  const apart = a ^ b;
  return ~((apart | -apart) >> 31);
}

/** Steps towards the first plane: `steps[at + i]` from the plane before it and this plane's mask bytes. */
export function sweepMask(
  steps: Steps,
  at: number,
  before: number,
  mask: Uint8Array,
  from: number,
  size: number,
  far: number,
): void {
  if (before < 0) {
    const first = before === OUTSIDE_IS_BACKGROUND ? 1 : far;
    for (let i = 0; i < size; i++) steps[at + i] = mask[from + i] === 0 ? 0 : first;
    return;
  }
  for (let i = 0; i < size; i++) {
    const next = leastOf((steps[before + i] as number) + 1, far);
    // all ones for any nonzero byte
    steps[at + i] = next & -(((mask[from + i] as number) + 255) >> 8);
  }
}

/** For `before` of the first plane, where the array's outside is open, or is background. */
export const OUTSIDE_IS_OPEN = -1;
export const OUTSIDE_IS_BACKGROUND = -2;

/** Steps towards the first plane where every label counts. */
export function sweepLabels(
  steps: Steps,
  at: number,
  before: number,
  labels: Int32Array,
  previous: Int32Array,
  size: number,
  far: number,
): void {
  if (before < 0) {
    const first = before === OUTSIDE_IS_BACKGROUND ? 1 : far;
    for (let i = 0; i < size; i++) steps[at + i] = labels[i] === 0 ? far : first;
    return;
  }
  for (let i = 0; i < size; i++) {
    const next = ((steps[before + i] as number) & equalOf(labels[i] as number, previous[i] as number)) + 1;
    steps[at + i] = leastOf(next, far);
  }
}

/**
 * Steps to both sides: `carry` holds the next plane's on entry, this plane's on return; `values` take their `squares`.
 * Returns whether no voxel has found any.
 */
export function returnMask(
  steps: Steps,
  at: number,
  carry: Steps,
  size: number,
  squares: Float64Array,
  values: Float64Array,
): boolean {
  let least = squares.length - 1;
  for (let i = 0; i < size; i++) {
    const nearest = leastOf((carry[i] as number) + 1, steps[at + i] as number);
    carry[i] = nearest;
    values[i] = squares[nearest] as number;
    if (nearest < least) least = nearest;
  }
  return squares[least] === Infinity;
}

/** Steps to both sides where every label counts; `following` are the labels of the plane that `carry` is of. */
export function returnLabels(
  steps: Steps,
  at: number,
  carry: Steps,
  labels: Int32Array,
  following: Int32Array,
  size: number,
  squares: Float64Array,
  values: Float64Array,
): void {
  for (let i = 0; i < size; i++) {
    const next = ((carry[i] as number) & equalOf(labels[i] as number, following[i] as number)) + 1;
    const nearest = leastOf(next, steps[at + i] as number);
    carry[i] = nearest;
    values[i] = squares[nearest] as number;
  }
}
