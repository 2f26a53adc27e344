/** A key has 32 bits. They are counted from the top, 11, 11 and 10 at once, each time among those alone that can still be the threshold. */
const top = 21;
const others = [10, 0];
const digits = 2048;

/** Rows of values of which the largest are selected. */
export interface Rows {
  readonly rows: number;
  readonly count: number;
  readonly values: Float32Array;
  /** Above 0 where a value may be selected. */
  readonly counted: Float32Array;
  readonly percent: number;
}

/** Fills the factors: 1 above the threshold, an equal share of the places that are left on it, 0 below. No sorting. */
export function selectLargest({ rows, count, values, counted, percent }: Rows, factors: Float32Array): void {
  const counts = new Int32Array(digits);
  const bitsOf = (row: number, floats: Float32Array) =>
    new Int32Array(floats.buffer, floats.byteOffset + 4 * row * count, count);
  for (let row = 0; row < rows; row++) {
    const given = { counts, values: bitsOf(row, values), counted: bitsOf(row, counted), percent };
    selectInRow(given, factors.subarray(row * count, (row + 1) * count));
  }
}

/** The bits of one row; as integers they are compared faster. */
interface Row {
  readonly values: Int32Array;
  readonly counted: Int32Array;
  readonly percent: number;
  readonly counts: Int32Array;
}

function selectInRow(row: Row, factors: Float32Array): void {
  const { values, counts } = row;
  factors.fill(0);
  const available = countTop(row);
  if (available === 0) return;
  let { digit, left } = digitAt(counts, placesOf(available, row.percent));
  const candidates = placesReaching(digit, row);
  let level = settle(digit, top, row, candidates, factors);
  for (const shift of others) {
    const still = candidates.subarray(0, level);
    counts.fill(0);
    for (let i = 0; i < level; i++) countIn(counts, digitOf(values, still[i] as number, shift));
    ({ digit, left } = digitAt(counts, left));
    level = settle(digit, shift, row, still, factors);
  }
  for (let i = 0; i < level; i++) factors[candidates[i] as number] = left / level;
}

/** Selects the candidates of a higher digit, moves those of that digit to the front, and says how many they are. */
function settle(digit: number, shift: number, { values }: Row, candidates: Int32Array, factors: Float32Array): number {
  let kept = 0;
  for (let i = 0; i < candidates.length; i++) {
    const at = candidates[i] as number;
    const own = digitOf(values, at, shift);
    if (own > digit) factors[at] = 1;
    else if (own === digit) candidates[kept++] = at;
  }
  return kept;
}

/** Counts the highest digits, and how many values there are that may be selected. */
function countTop({ values, counted, counts }: Row): number {
  counts.fill(0);
  for (let at = 0; at < values.length; at++) {
    if (isAboveZero(counted[at] as number)) countIn(counts, digitOf(values, at, top));
  }
  return counts.reduce((sum, here) => sum + here, 0);
}

/** Where the values stand that have at least that highest digit and may be selected. */
function placesReaching(digit: number, { values, counted, counts }: Row): Int32Array {
  const number = counts.subarray(digit).reduce((sum, here) => sum + here, 0);
  // one more, since the next place is written before it is known whether it is one
  const reaching = new Int32Array(number + 1);
  let size = 0;
  for (let at = 0; at < values.length; at++) {
    if (!isAboveZero(counted[at] as number)) continue;
    reaching[size] = at;
    // 1 or 0 without a branch, which nothing could foresee
    size += (digit - 1 - digitOf(values, at, top)) >>> 31;
  }
  return reaching.subarray(0, number);
}

/** Whether the bits are those of a number above 0. */
function isAboveZero(bits: number): boolean {
  return (bits - 1) >>> 0 < 0x7f800000;
}

/** A digit of the key, which is ordered, as an unsigned integer, as the number is of which there are the bits; both zeros are one. */
function digitOf(values: Int32Array, at: number, shift: number): number {
  const bits = values[at] as number;
  const key = bits === -2147483648 ? -2147483648 : bits ^ ((bits >> 31) | -2147483648);
  return (key >>> shift) & (digits - 1);
}

/** How many values are selected, rounded as in single precision, in which the portable kernel counts. */
function placesOf(available: number, percent: number): number {
  const share = Math.fround(Math.fround(Math.fround(available) * Math.fround(percent)) / 100);
  return Math.min(available, Math.max(1, Math.floor(Math.fround(share + 0.5))));
}

function countIn(counts: Int32Array, digit: number): void {
  counts[digit] = (counts[digit] as number) + 1;
}

/** The digit that holds a place, 1 being the largest, and which place that is among those of the digit. */
function digitAt(counts: Int32Array, place: number): { digit: number; left: number } {
  let left = place;
  for (let digit = digits - 1; digit > 0; digit--) {
    const here = counts[digit] as number;
    if (here >= left) return { digit, left };
    left -= here;
  }
  return { digit: 0, left };
}
