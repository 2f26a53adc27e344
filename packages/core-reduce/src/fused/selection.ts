/** Keys of 32 bits are counted by their upper half first, then those in the bucket that was hit by their lower half. */
const buckets = 65536;

/** Rows of values of which the largest are selected. */
export interface Rows {
  readonly rows: number;
  readonly count: number;
  readonly values: Float32Array;
  /** Above 0 where a value may be selected. */
  readonly counted: ArrayLike<number>;
  readonly percent: number;
}

/** Fills the factors: 1 above the threshold, an equal share of the places that are left on it, 0 below. Two passes, no sorting. */
export function selectLargest({ rows, count, values, counted, percent }: Rows, factors: Float32Array): void {
  const keys = new Int32Array(count);
  const histogram = new Int32Array(buckets);
  factors.fill(0);
  for (let row = 0; row < rows; row++) {
    const first = row * count;
    const bits = new Int32Array(values.buffer, values.byteOffset + 4 * first, count);
    let available = 0;
    for (let at = 0; at < count; at++) {
      if ((counted[first + at] as number) > 0) {
        keys[at] = keyOf(bits[at] as number);
        available += 1;
      } else keys[at] = lowestKey;
    }
    if (available === 0) continue;
    const places = placesOf(available, percent);
    const threshold = keyAt(keys, histogram, places);
    let [above, level] = [0, 0];
    for (let at = 0; at < count; at++) {
      const key = keys[at] as number;
      if (key > threshold) above += 1;
      else if (key === threshold) level += 1;
    }
    const perTie = (places - above) / level;
    for (let at = 0; at < count; at++) {
      const key = keys[at] as number;
      if (key >= threshold) factors[first + at] = key > threshold ? 1 : perTie;
    }
  }
}

/** Below the key of every number. */
const lowestKey = -2147483648;

/** An integer that is ordered as the number is whose bits are given; both zeros are one. */
function keyOf(bits: number): number {
  return bits === lowestKey ? 0 : bits ^ ((bits >> 31) & 0x7fffffff);
}

/** How many values are selected, rounded as in single precision, in which the portable kernel counts. */
function placesOf(available: number, percent: number): number {
  const share = Math.fround(Math.fround(Math.fround(available) * Math.fround(percent)) / 100);
  return Math.min(available, Math.max(1, Math.floor(Math.fround(share + 0.5))));
}

/** The key at a place, 1 being the largest. */
function keyAt(keys: Int32Array, histogram: Int32Array, place: number): number {
  histogram.fill(0);
  for (const key of keys) countIn(histogram, (key >> 16) + 32768);
  const upper = bucketAt(histogram, place);
  histogram.fill(0);
  for (const key of keys) if ((key >> 16) + 32768 === upper.bucket) countIn(histogram, key & 0xffff);
  const lower = bucketAt(histogram, place - upper.above);
  return ((upper.bucket - 32768) << 16) | lower.bucket;
}

function countIn(histogram: Int32Array, bucket: number): void {
  histogram[bucket] = (histogram[bucket] as number) + 1;
}

/** The bucket that holds the place, and how many stand above it. */
function bucketAt(histogram: Int32Array, place: number): { bucket: number; above: number } {
  let above = 0;
  for (let bucket = buckets - 1; bucket > 0; bucket--) {
    const here = histogram[bucket] as number;
    if (above + here >= place) return { bucket, above };
    above += here;
  }
  return { bucket: 0, above };
}
