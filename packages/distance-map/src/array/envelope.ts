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
  readonly candidates: Int32Array;
  readonly position: Int32Array;
  readonly height: Float64Array;
  /** height / w + position^2: the crossing of i and t is (lifted_i - lifted_t) / 2 (position_i - position_t). */
  readonly lifted: Float64Array;
  /** Where each parabola begins to be the lowest. */
  readonly begin: Float64Array;
  /** 1 / 2d, for a division takes as long as everything else. */
  readonly halves: Float64Array;
}

/** @returns scratch for lines of up to `length` voxels, with a parabola beyond each end. */
export function createEnvelope(length: number): Envelope {
  const size = length + 2;
  return {
    candidates: new Int32Array(size),
    position: new Int32Array(size),
    height: new Float64Array(size),
    lifted: new Float64Array(size),
    begin: new Float64Array(size),
    halves: Float64Array.from({ length: size }, (_, d) => 0.5 / d),
  };
}

/** A run this short is searched, which is faster than building its envelope. */
export const SHORT = 6;

/**
 * Replaces the heights of the run `values[start, end)` by D; `left`, `right`: whether another label stands beyond.
 * Heights and results above `limit` do not matter.
 */
export function transformRun(
  values: Float64Array,
  start: number,
  end: number,
  left: boolean,
  right: boolean,
  weight: number,
  limit: number,
  envelope: Envelope,
): void {
  const length = end - start;
  if (length === 1) {
    const height = values[start] as number;
    if ((left || right) && weight < height) values[start] = weight;
  } else if (length <= SHORT) {
    searchRun(values, start, length, left, right, weight, envelope.height);
  } else {
    const top = buildEnvelope(values, start, length, left, right, weight, limit, envelope);
    fillRun(values, start, length, top, weight, envelope);
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

/** Leaves the lower envelope of a run in `envelope`, and returns the last of its parabolas. */
export function buildEnvelope(
  values: Float64Array,
  start: number,
  length: number,
  left: boolean,
  right: boolean,
  weight: number,
  limit: number,
  envelope: Envelope,
): number {
  const { candidates, position, height, lifted, begin, halves } = envelope;
  const perWeight = 1 / weight;
  const count = findCandidates(values, start, length, left, right, weight, limit, candidates);
  // the lowest parabola so far and where it begins; the first one is never above all others
  let top = -1;
  let at = 0;
  let lowest = 0;
  let since = -Infinity;
  for (let i = 0; i < count; i++) {
    const q = candidates[i] as number;
    const h = q >= 0 && q < length ? (values[start + q] as number) : 0;
    const lift = h * perWeight + q * q;
    let from = -Infinity;
    if (top >= 0) {
      from = (lift - lowest) * (halves[q - at] as number);
      while (from <= since) {
        top--;
        at = position[top] as number;
        lowest = lifted[top] as number;
        since = begin[top] as number;
        from = (lift - lowest) * (halves[q - at] as number);
      }
      // lowest only beyond the run's end: never seen
      if (from >= length) continue;
    }
    top++;
    position[top] = at = q;
    height[top] = h;
    lifted[top] = lowest = lift;
    begin[top] = since = from;
  }
  return top;
}

function fillRun(
  values: Float64Array,
  start: number,
  length: number,
  top: number,
  weight: number,
  { position, height, begin }: Envelope,
): void {
  let p = 0;
  for (let parabola = 0; parabola <= top; parabola++) {
    const here = position[parabola] as number;
    const level = height[parabola] as number;
    const end = parabola < top ? Math.min(length, Math.ceil(begin[parabola + 1] as number)) : length;
    for (; p < end; p++) {
      const away = p - here;
      values[start + p] = level + weight * away * away;
    }
  }
}

/**
 * Lists the places of the parabolas that may be the lowest somewhere: one above the chord of its neighbours is not. The
 * list grows without a branch, which could not be foreseen.
 */
function findCandidates(
  values: Float64Array,
  start: number,
  length: number,
  left: boolean,
  right: boolean,
  weight: number,
  limit: number,
  candidates: Int32Array,
): number {
  let count = 0;
  if (left) candidates[count++] = -1;
  let before = left ? 0 : Infinity;
  let h = values[start] as number;
  const last = length - 1;
  for (let q = 0; q < last; q++) {
    const after = values[start + q + 1] as number;
    candidates[count] = q;
    count += Number(h <= limit) & Number(before + after + 2 * weight > 2 * h);
    before = h;
    h = after;
  }
  candidates[count] = last;
  count += Number(h <= limit) & Number(right ? before + 2 * weight > 2 * h : true);
  if (right) candidates[count++] = length;
  return count;
}
