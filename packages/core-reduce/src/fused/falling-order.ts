/** Room for sorting rows of one length. */
export interface SortingRoom {
  /** Equal for equal numbers, rising as the numbers fall. */
  readonly keys: Int32Array;
  /** Where in the row the number of a key comes from. */
  readonly order: Int32Array;
  readonly spareKeys: Int32Array;
  readonly spareOrder: Int32Array;
  readonly places: readonly [low: Int32Array, middle: Int32Array, high: Int32Array];
}

/** A key has 31 bits: two passes by 11 of them and one by 9. Few enough that what a pass counts stays in the first-level cache. */
const digits = 2048;

/** Room for rows of `size` numbers. */
export function sortingRoom(size: number): SortingRoom {
  const [row, counts] = [() => new Int32Array(size), () => new Int32Array(digits)];
  return { keys: row(), order: row(), spareKeys: row(), spareOrder: row(), places: [counts(), counts(), counts()] };
}

/**
 * Fills `keys` and `order` with a row of numbers of at least 0, the largest first, equals in the order in which they come. The bits of such
 * floats rise with them, so the complement falls. A zero of either sign is the smallest number, and what is no number stands before all.
 *
 * @param first - where the row begins
 * @param step - from one number of the row to the next
 */
export function sortFalling(numbers: Float32Array, first: number, step: number, room: SortingRoom): void {
  const { keys, order, spareKeys, spareOrder, places } = room;
  const [low, middle, high] = places;
  for (const counts of places) counts.fill(0);
  const bits = new Int32Array(numbers.buffer, numbers.byteOffset, numbers.length);
  const size = keys.length;
  for (let at = 0, from = first; at < size; at++, from += step) {
    const key = ~(bits[from] as number) & 0x7fffffff;
    spareKeys[at] = key;
    spareOrder[at] = at;
    countIn(low, key & 2047);
    countIn(middle, (key >>> 11) & 2047);
    countIn(high, key >>> 22);
  }
  scatter(spareKeys, spareOrder, keys, order, low, 0);
  scatter(keys, order, spareKeys, spareOrder, middle, 11);
  scatter(spareKeys, spareOrder, keys, order, high, 22);
}

function countIn(counts: Int32Array, digit: number): void {
  counts[digit] = (counts[digit] as number) + 1;
}

/** Moves keys with their order, stable, to where those of their digit go; counts become places. */
function scatter(
  fromKeys: Int32Array,
  fromOrder: Int32Array,
  toKeys: Int32Array,
  toOrder: Int32Array,
  places: Int32Array,
  shift: number,
): void {
  let before = 0;
  for (let digit = 0; digit < digits; digit++) {
    const count = places[digit] as number;
    places[digit] = before;
    before += count;
  }
  for (let at = 0; at < fromKeys.length; at++) {
    const key = fromKeys[at] as number;
    const digit = (key >>> shift) & 2047;
    const place = places[digit] as number;
    places[digit] = place + 1;
    toKeys[place] = key;
    toOrder[place] = fromOrder[at] as number;
  }
}
