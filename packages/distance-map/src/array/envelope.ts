/**
 * One-dimensional distance transform of sampled heights (Felzenszwalb and Huttenlocher, 2012):
 *
 *   D(p) = min over q of  h(q) + w (p - q)^2
 *
 * is the lower envelope of one parabola per sample. A run is a stretch of voxels of one side (one label); just outside
 * each of its ends stands a voxel of another label, a parabola of height 0, unless the array ends there.
 * Heights, crossings and results are doubles: float32 crossings are wrong from 4096 voxels on.
 */
export interface Envelope {
  readonly position: Float64Array;
  readonly height: Float64Array;
  /** height / w + position^2: the crossing of i and t is (lifted_i - lifted_t) / 2 (position_i - position_t). */
  readonly lifted: Float64Array;
  /** Where each parabola begins to be the lowest. */
  readonly begin: Float64Array;
}

/** @returns scratch for lines of up to `length` voxels, with a parabola beyond each end. */
export function createEnvelope(length: number): Envelope {
  const size = length + 2;
  return {
    position: new Float64Array(size),
    height: new Float64Array(size),
    lifted: new Float64Array(size),
    begin: new Float64Array(size),
  };
}

/** A run this short is searched, which is faster than building its envelope. */
const SHORT = 6;

/** Replaces the heights of the run `values[start, end)` by D; `left`, `right`: whether another label stands beyond. */
export function transformRun(
  values: Float64Array,
  start: number,
  end: number,
  left: boolean,
  right: boolean,
  weight: number,
  envelope: Envelope,
): void {
  const length = end - start;
  if (length === 1) {
    const height = values[start] as number;
    if ((left || right) && weight < height) values[start] = weight;
  } else if (length <= SHORT) {
    searchRun(values, start, length, left, right, weight, envelope.height);
  } else {
    envelopeRun(values, start, length, left, right, weight, envelope);
  }
}

/** Looks k steps to both sides as long as k steps alone cost less than the best so far. */
function searchRun(
  values: Float64Array,
  start: number,
  length: number,
  left: boolean,
  right: boolean,
  weight: number,
  heights: Float64Array,
): void {
  heights[0] = left ? 0 : Infinity;
  heights[length + 1] = right ? 0 : Infinity;
  for (let i = 0; i < length; i++) heights[i + 1] = values[start + i] as number;
  for (let i = 1; i <= length; i++) {
    let best = heights[i] as number;
    for (let k = 1; k <= length; k++) {
      const cost = weight * k * k;
      if (cost >= best) break;
      const before = i - k >= 0 ? (heights[i - k] as number) + cost : Infinity;
      const after = i + k <= length + 1 ? (heights[i + k] as number) + cost : Infinity;
      if (before < best) best = before;
      if (after < best) best = after;
    }
    values[start + i - 1] = best;
  }
}

function envelopeRun(
  values: Float64Array,
  start: number,
  length: number,
  left: boolean,
  right: boolean,
  weight: number,
  envelope: Envelope,
): void {
  const { position, height, lifted, begin } = envelope;
  const perWeight = 1 / weight;
  let top = -1;
  if (left) {
    top = 0;
    position[0] = -1;
    height[0] = 0;
    lifted[0] = 1;
    begin[0] = -Infinity;
  }
  for (let q = 0; q <= length; q++) {
    const h = q < length ? (values[start + q] as number) : right ? 0 : Infinity;
    if (h === Infinity) continue;
    const lift = h * perWeight + q * q;
    let from = -Infinity;
    while (top >= 0) {
      from = ((lift - (lifted[top] as number)) * 0.5) / (q - (position[top] as number));
      if (from > (begin[top] as number)) break;
      top--;
    }
    // lowest only beyond the run's end: never seen
    if (from >= length) continue;
    top++;
    position[top] = q;
    height[top] = h;
    lifted[top] = lift;
    begin[top] = top === 0 ? -Infinity : from;
  }
  if (top < 0) return;
  let p = 0;
  for (let lowest = 0; lowest <= top; lowest++) {
    const here = position[lowest] as number;
    const h = height[lowest] as number;
    const end = lowest < top ? Math.min(length, Math.ceil(begin[lowest + 1] as number)) : length;
    for (; p < end; p++) {
      const away = p - here;
      values[start + p] = h + weight * away * away;
    }
  }
}
