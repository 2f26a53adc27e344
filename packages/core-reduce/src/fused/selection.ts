/** A key has 32 bits. They are counted from the top, 14, 9 and 9 at once, each time among those alone that can still be the threshold. */
const top = 18;
const others = [9, 0];
export const digits = 2 ** 14;
const otherDigits = 2 ** 9;

/** The bits of 1. */
const one = 0x3f800000;

/** Rows of values of which the largest are selected. */
export interface Rows {
  readonly rows: number;
  readonly count: number;
  readonly values: Float32Array;
  /** Above 0 where a value may be selected; absent where every one may. */
  readonly counted?: Float32Array | undefined;
  readonly percent: number;
}

/** Fills the factors: 1 above the threshold, an equal share of the places that are left on it, 0 below. No sorting. */
export function selectLargest({ rows, count, values, counted, percent }: Rows, factors: Float32Array): void {
  const counts = new Int32Array(digits);
  const bitsOf = (row: number, floats: Float32Array) => bitsOfRow(floats, row, count);
  for (let row = 0; row < rows; row++) {
    const given = { counts, values: bitsOf(row, values), counted: counted && bitsOf(row, counted), percent };
    selectInRow(given, factors.subarray(row * count, (row + 1) * count));
  }
}

/** The bits of a row of so many numbers. */
export function bitsOfRow(floats: Float32Array, row: number, count: number): Int32Array {
  return new Int32Array(floats.buffer, floats.byteOffset + 4 * row * count, count);
}

/** The bits of one row; as integers they are compared faster. */
interface Row {
  readonly values: Int32Array;
  readonly counted: Int32Array | undefined;
  readonly percent: number;
  readonly counts: Int32Array;
}

function selectInRow(row: Row, factors: Float32Array): void {
  const { counts } = row;
  const available = countTop(row);
  if (available === 0) {
    factors.fill(0);
    return;
  }
  const threshold = digitAt(counts, placesOf(available, row.percent));
  settleRest(row, settleTop(threshold.digit, row, factors), threshold.left, factors);
}

/** Selects so many of the candidates, which have the highest digit in common. */
export function settleRest(
  { values, counts }: Pick<Row, "counts" | "values">,
  candidates: Int32Array,
  places: number,
  factors: Float32Array,
): void {
  let [digit, left, level] = [0, places, candidates.length];
  const ofOthers = counts.subarray(0, otherDigits);
  for (const shift of areEqual(values, candidates) ? [] : others) {
    const still = candidates.subarray(0, level);
    ofOthers.fill(0);
    for (let i = 0; i < level; i++) countIn(ofOthers, digitOf(values, still[i] as number, shift));
    ({ digit, left } = digitAt(ofOthers, left));
    level = settle(digit, shift, { values }, still, factors);
  }
  for (let i = 0; i < level; i++) factors[candidates[i] as number] = left / level;
}

/** Counts the highest digits, and how many values there are that may be selected. */
function countTop({ values, counted, counts }: Row): number {
  counts.fill(0);
  if (counted === undefined) {
    for (let at = 0; at < values.length; at++) countIn(counts, digitOf(values, at, top));
    return values.length;
  }
  for (let at = 0; at < values.length; at++) {
    if (isAboveZero(counted[at] as number)) countIn(counts, digitOf(values, at, top));
  }
  return numberOf(counts);
}

/**
 * Selects what has a higher digit, clears the rest, and says where the values of that digit stand. Without a branch, which nothing could foresee.
 */
function settleTop(digit: number, { values, counted, counts }: Row, factors: Float32Array): Int32Array {
  const bits = new Int32Array(factors.buffer, factors.byteOffset, factors.length);
  const number = counts[digit] as number;
  // one more, since the next place is written before it is known whether it is one
  const candidates = new Int32Array(number + 1);
  let size = 0;
  for (let at = 0; at < values.length; at++) {
    // counted from 1, and 0 where nothing may be selected
    const own = counted === undefined || isAboveZero(counted[at] as number) ? digitOf(values, at, top) + 1 : 0;
    bits[at] = ((digit + 1 - own) >> 31) & one;
    candidates[size] = at;
    size += ((own ^ (digit + 1)) - 1) >>> 31;
  }
  return candidates.subarray(0, number);
}

/** Whether the candidates have one value, as most do where a prediction is constant: there is nothing to look for then. */
function areEqual(values: Int32Array, candidates: Int32Array): boolean {
  const first = values[candidates[0] as number];
  return candidates.every((at) => values[at] === first);
}

/** Selects the candidates of a higher digit, moves those of that digit to the front, and says how many they are. Without a branch, too. */
function settle(
  digit: number,
  shift: number,
  { values }: Pick<Row, "values">,
  candidates: Int32Array,
  factors: Float32Array,
): number {
  let kept = 0;
  for (let i = 0; i < candidates.length; i++) {
    const at = candidates[i] as number;
    const own = digitOf(values, at, shift);
    factors[at] = (digit - own) >>> 31;
    candidates[kept] = at;
    kept += ((own ^ digit) - 1) >>> 31;
  }
  return kept;
}

/** Whether the bits are those of a number above 0. */
function isAboveZero(bits: number): boolean {
  return (bits - 1) >>> 0 < 0x7f800000;
}

/** The digit of the key that ends at a bit, which is ordered, as an unsigned integer, as the number is of which there are the bits; both zeros are one. */
function digitOf(values: Int32Array, at: number, shift: number): number {
  const bits = values[at] as number;
  const key = bits === -2147483648 ? -2147483648 : bits ^ ((bits >> 31) | -2147483648);
  return shift === top ? key >>> top : (key >>> shift) & (otherDigits - 1);
}

/** How many values were counted. */
export function numberOf(counts: Int32Array): number {
  let sum = 0;
  for (let digit = 0; digit < digits; digit++) sum += counts[digit] as number;
  return sum;
}

/** How many values are selected, rounded as in single precision, in which the portable kernel counts. */
export function placesOf(available: number, percent: number): number {
  const share = Math.fround(Math.fround(Math.fround(available) * Math.fround(percent)) / 100);
  return Math.min(available, Math.max(1, Math.floor(Math.fround(share + 0.5))));
}

function countIn(counts: Int32Array, digit: number): void {
  counts[digit] = (counts[digit] as number) + 1;
}

/** The digit that holds a place, 1 being the largest, and which place that is among those of the digit. */
export function digitAt(counts: Int32Array, place: number): { digit: number; left: number } {
  let left = place;
  for (let digit = counts.length - 1; digit > 0; digit--) {
    const here = counts[digit] as number;
    if (here >= left) return { digit, left };
    left -= here;
  }
  return { digit: 0, left };
}
