import { farthestBehind, forgetBounds } from "./bounds";
import { forgetColumns, lowerColumns } from "./columns";
import { envelopePlane } from "./envelope";
import { farPlane } from "./far";
import { BUDGET } from "./lanes";
import { arrange, beside, border, carry, depthStep, hasColumns, hasLabels, heightStep, input, output, plane, steps, widthStep } from "./layout";
import { liftSteps, preparePads } from "./padding";
import { forgetRows, lowerRows } from "./rows";
import { forgetLists } from "./sparse";
import { returnLabels, returnMask, sweepLabels, sweepMask } from "./sweeps";

let wide: bool = false;
/** Whether f32 hold every square, exactly or as near as is promised. */
let narrow: bool = false;
let squared: bool = false;
let scale: f64 = 1;
let cap: f64 = Infinity;
let nothing: f64 = Infinity;
let clip: f32 = Infinity;
/** Planes that go straight to the envelope after one whose search failed: its neighbours are much like it. */
let straight: i32 = 0;

/** Prepares for one shape and kind of input. `floats`: the search runs on f32 lanes, else on u16. */
export function configure(
  rows: usize,
  columns: usize,
  chunk: usize,
  withColumns: bool,
  withBorder: bool,
  labels: bool,
  floats: bool,
  inFloats: bool,
  w0: f64,
  w1: f64,
  w2: f64,
): void {
  wide = floats;
  narrow = inFloats;
  arrange(rows, columns, chunk, withColumns, withBorder, labels, floats ? 4 : 2, w0, w1, w2);
}

/** What becomes of a squared distance; `clip` bounds the search, in squared steps. */
export function configureEnd(inSquares: bool, factor: f64, most: f64, none: f64, searched: f32): void {
  squared = inSquares;
  scale = factor;
  cap = most;
  nothing = none;
  clip = searched;
  straight = 0;
  forgetRows();
  forgetLists();
  forgetColumns();
  forgetBounds();
  if (wide) preparePads<f32>();
  else preparePads<u16>();
}

export function inputAt(): usize {
  return input;
}

/** Makes labels of sixteen bits of `count` bytes that lie behind as much room; with `sides`, of a mask's bytes. */
export function widen(count: usize, sides: bool): void {
  for (let i: usize = 0; i < count; i += 16) {
    // all bytes that are written over have been read
    let bytes = v128.load(input + count + i);
    if (sides) bytes = v128.and(v128.ne<i8>(bytes, i8x16.splat(0)), i8x16.splat(1));
    v128.store(input + 2 * i, v128.extend_low<u8>(bytes));
    v128.store(input + 2 * i, v128.extend_high<u8>(bytes), 16);
  }
}

export function stepsAt(): usize {
  return steps;
}

export function outputAt(): usize {
  return output;
}

/** Begins a sweep: `count` steps are behind every voxel of the plane outside, whose labels are 0. */
export function begin(count: u16): void {
  for (let i: usize = 0; i < plane; i++) store<u16>(carry + i * 2, count);
  if (hasLabels) memory.fill(beside, 0, plane * 2);
}

/** Begins a sweep with the labels of plane `index` of the chunk outside too: nothing else is there. */
export function beginOpen(index: usize): void {
  begin(65535);
  if (hasLabels) memory.copy(beside, input + index * plane * 2, plane * 2);
}

/** The sweep towards the last plane, over a chunk. */
export function forward(count: usize): void {
  if (hasLabels) sweepLabels(count);
  else sweepMask(count);
}

/** The sweep back, over a chunk from its last plane to its first, which finishes every plane. */
export function backward(count: usize): void {
  for (let p = <isize>count - 1; p >= 0; p--) {
    const here = steps + p * plane * 2;
    const labels = input + p * plane * 2;
    const out = output + p * plane * 4;
    const nowhere = hasLabels ? returnLabels(here, labels) : returnMask(here);
    if (nowhere && !border) {
      for (let i: usize = 0; i < plane; i++) store<f32>(out + i * 4, <f32>nothing);
      continue;
    }
    if (straight > 0 && !isNear()) {
      straight--;
    } else if (wide ? search<f32>(out, labels) : search<u16>(out, labels)) {
      continue;
    } else {
      straight = hasColumns ? 9 : 16;
    }
    if (narrow) {
      farPlane(out, labels, squared, scale, cap, clip);
    } else {
      envelopePlane(out, labels, squared, scale, cap, nothing);
      forgetBounds();
    }
  }
}

/** Whether the plane behind tells that a search of this one will end in time. */
function isNear(): bool {
  return farthestBehind() + depthStep <= <f32>BUDGET * min<f32>(widthStep, heightStep);
}

function search<T>(out: usize, labels: usize): bool {
  liftSteps<T>(clip);
  if (hasColumns && !lowerColumns<T>(labels)) return false;
  return lowerRows<T>(out, labels, narrow, squared, scale, cap);
}
