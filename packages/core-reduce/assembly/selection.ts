// The largest values of a row: their keys are counted, those above a threshold are chosen, and what was chosen is added up. There are no constants
// in memory and no planes: everything is done where the host has put it.
import { labelsAt, mapAt, predictionsAt, sumsAt, weightsAt } from "./memory";

/** How many bits of a key are no part of its upper digit. */
const shift: i32 = 18;

/** The digits, counted from 1; in the place before them stands what may not be selected. */
const digits: usize = 16385;

/** Each lane counts in a table of its own, so that equal values do not wait for each other. They take the place of the map and of all that comes behind it. */
const tableBytes: usize = 4 * digits;

/** How far numbers are added up in single precision. */
const chunk: usize = 256;

export function clearCounts(): void {
  memory.fill(mapAt, 0, 4 * tableBytes);
}

/** Adds the tables up, in the place of the first, and says how many values there are that may be selected. */
export function addCounts(): i32 {
  let total = i32x4.splat(0);
  for (let at = mapAt + 4; at < mapAt + tableBytes; at += 16) {
    const first = i32x4.add(v128.load(at), v128.load(at, tableBytes));
    const second = i32x4.add(v128.load(at, 2 * tableBytes), v128.load(at, 3 * tableBytes));
    const counted = i32x4.add(first, second);
    v128.store(at, counted);
    total = i32x4.add(total, counted);
  }
  const pairs = i32x4.add(total, v128.shuffle<i32>(total, total, 2, 3, 0, 1));
  return i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1);
}

/** Which of the four voxels at a place may be selected: those before the end that weigh something. */
// @ts-ignore: decorator
@inline
function countedAt(at: usize, end: usize, weighted: bool): v128 {
  const isBefore = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(<i32>((end - at) >> 2)));
  return weighted ? v128.and(isBefore, f32x4.gt(v128.load(weightsAt + at), f32x4.splat(0))) : isBefore;
}

/**
 * The upper digits of four keys, which are ordered as the numbers are; 0 where nothing may be selected. A zero is added because both are equal.
 */
// @ts-ignore: decorator
@inline
function digitsAt(at: usize, end: usize, weighted: bool): v128 {
  const bits = f32x4.add(v128.load(predictionsAt + at), f32x4.splat(0));
  const key = v128.xor(bits, v128.or(i32x4.shr_s(bits, 31), i32x4.splat(0x80000000)));
  const digit = i32x4.add(i32x4.shr_u(key, shift), i32x4.splat(1));
  return v128.and(digit, countedAt(at, end, weighted));
}

/** The smallest number of a digit. Those of the largest and of the smallest are not numbers, which nothing reaches. */
function smallestOf(digit: i32): f32 {
  const key = (digit - 1) << shift;
  return reinterpret<f32>(key < 0 ? key ^ 0x80000000 : ~key);
}

/** Counts the digits of a tile. */
export function countDigits(voxels: i32, weighted: bool): void {
  const end = (<usize>voxels) << 2;
  for (let at: usize = 0; at < end; at += 16) {
    const digit = i32x4.shl(digitsAt(at, end, weighted), 2);
    countIn(mapAt + <usize>i32x4.extract_lane(digit, 0));
    countIn(mapAt + tableBytes + <usize>i32x4.extract_lane(digit, 1));
    countIn(mapAt + 2 * tableBytes + <usize>i32x4.extract_lane(digit, 2));
    countIn(mapAt + 3 * tableBytes + <usize>i32x4.extract_lane(digit, 3));
  }
}

// @ts-ignore: decorator
@inline
function countIn(at: usize): void {
  store<i32>(at, load<i32>(at) + 1);
}

/** Replaces the values by 1 where their digit is larger and by 0 elsewhere, lists where it is that digit in the labels' place, from `first` on, and says how many these are. */
export function chooseAbove(voxels: i32, weighted: bool, digit: i32, first: i32): i32 {
  const end = (<usize>voxels) << 2;
  const least = f32x4.splat(smallestOf(digit));
  const above = f32x4.splat(smallestOf(digit + 1));
  let to = labelsAt;
  for (let at: usize = 0; at < end; at += 16) {
    const value = v128.load(predictionsAt + at);
    const isAbove = f32x4.ge(value, above);
    const counted = countedAt(at, end, weighted);
    v128.store(predictionsAt + at, v128.and(v128.and(isAbove, counted), f32x4.splat(1)));
    let level = i32x4.bitmask(v128.and(v128.andnot(f32x4.ge(value, least), isAbove), counted));
    for (; level != 0; level &= level - 1) {
      store<i32>(to, first + <i32>(at >> 2) + ctz(level));
      to += 4;
    }
  }
  return <i32>((to - labelsAt) >> 2);
}

/** Adds w m and w of a tile, m where predictions are. */
export function chosenSums(voxels: i32): void {
  const end = (<usize>voxels) << 2;
  for (let at = end; at < ((end + 15) & ~15); at += 4) {
    store<f32>(predictionsAt + at, 0);
    store<f32>(weightsAt + at, 0);
  }
  let ofValues = v128.load(sumsAt);
  let ofWeights = v128.load(sumsAt, 16);
  for (let from: usize = 0; from < end; from += chunk) {
    const last = min(from + chunk, end);
    let weights = f32x4.splat(0);
    let values = f32x4.splat(0);
    for (let at = from; at < last; at += 16) {
      const w = v128.load(weightsAt + at);
      weights = f32x4.add(weights, w);
      values = f32x4.add(values, f32x4.mul(w, v128.load(predictionsAt + at)));
    }
    ofWeights = added(ofWeights, weights);
    ofValues = added(ofValues, values);
  }
  v128.store(sumsAt, ofValues);
  v128.store(sumsAt, ofWeights, 16);
}

// @ts-ignore: decorator
@inline
function added(pair: v128, numbers: v128): v128 {
  const low = f64x2.promote_low_f32x4(numbers);
  const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(numbers, numbers, 2, 3, 2, 3));
  return f64x2.add(pair, f64x2.add(low, high));
}
