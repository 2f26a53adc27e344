import { bitsOfRow, digitAt, digits, placesOf, type Rows, settleRest } from "./selection.ts";
import type { Simd } from "./simd-tiles.ts";

/** Voxels a tile. */
const mostVoxels = 16384;

/** Fills the factors of the largest values of each row: the upper digits of all keys are looked at in WebAssembly, those of the few that have the threshold's here. */
export function selectLargest(simd: Simd, given: Rows, factors: Float32Array): void {
  const { rows, count, values, percent } = given;
  const counts = new Int32Array(digits);
  for (let row = 0; row < rows; row++) {
    const available = countRow(simd, given, row, counts);
    const ofRow = factors.subarray(row * count, (row + 1) * count);
    if (available === 0) ofRow.fill(0);
    else {
      const { digit, left } = digitAt(counts, placesOf(available, percent));
      const candidates = chooseInRow(simd, given, row, { digit, number: counts[digit] as number }, ofRow);
      settleRest({ values: bitsOfRow(values, row, count), counts }, candidates, left, ofRow);
    }
  }
}

/** Counts the digits of a row, and says how many values there are that may be selected. */
function countRow(simd: Simd, given: Rows, row: number, counts: Int32Array): number {
  const { run, integers, at } = simd;
  run.clearCounts();
  eachPart(simd, given, row, ({ voxels, weighted }) => run.countDigits(voxels, weighted));
  const available = run.addCounts();
  // behind the place of what may not be selected
  counts.set(integers.subarray(at.map + 1, at.map + 1 + digits));
  return available;
}

/** Fills the factors of a row but for those of the voxels that have the digit of its threshold, and lists these. */
function chooseInRow(
  simd: Simd,
  given: Rows,
  row: number,
  { digit, number }: { readonly digit: number; readonly number: number },
  factors: Float32Array,
): Int32Array {
  const { run, floats, integers, at } = simd;
  const candidates = new Int32Array(number);
  let listed = 0;
  eachPart(simd, given, row, ({ first, voxels, weighted }) => {
    const found = run.chooseAbove(voxels, weighted, digit + 1, first);
    candidates.set(integers.subarray(at.labels, at.labels + found), listed);
    listed += found;
    factors.set(floats.subarray(at.predictions, at.predictions + voxels), first);
  });
  return candidates;
}

/** Runs over a row, from its voxel `first` on. */
function eachPart(
  { floats, at, largestTile }: Simd,
  { count, values, counted }: Pick<Rows, "count" | "counted" | "values">,
  row: number,
  run: (part: { readonly first: number; readonly voxels: number; readonly weighted: number }) => void,
): void {
  const most = Math.min(mostVoxels, largestTile);
  for (let first = 0; first < count; first += most) {
    const voxels = Math.min(most, count - first);
    const from = row * count + first;
    floats.set(values.subarray(from, from + voxels), at.predictions);
    if (counted) floats.set(counted.subarray(from, from + voxels), at.weights);
    run({ first, voxels, weighted: counted ? 1 : 0 });
  }
}

/** Fills the sums of values times what is counted of them, row by row, and behind them those of what is counted, `[2, rows]`. */
export function chosenSums(simd: Simd, given: Omit<Rows, "percent">, sums: Float32Array): void {
  const { run, doubles, at } = simd;
  const { rows } = given;
  for (let row = 0; row < rows; row++) {
    run.clearSums();
    eachPart(simd, given, row, ({ voxels }) => run.chosenSums(voxels));
    for (const kind of [0, 1]) {
      const pair = at.sums / 2 + 2 * kind;
      sums[kind * rows + row] = (doubles[pair] as number) + (doubles[pair + 1] as number);
    }
  }
}
