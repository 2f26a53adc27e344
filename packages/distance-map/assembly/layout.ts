/**
 * Where everything lies in the module's memory, for one shape. Planes come in chunks; nothing here is as large as a
 * volume. Compact planes have rows of `width`; padded planes have rows of `stride`, with PAD elements before and after
 * every row and a row above and below, which stand for what is beyond the ends of the array.
 */
export const PAD: usize = 16;
const SLACK: usize = 256;

export let depthWeight: f64 = 1;
export let heightWeight: f64 = 1;
export let widthWeight: f64 = 1;
export let depthStep: f32 = 1;
export let heightStep: f32 = 1;
export let widthStep: f32 = 1;
export let height: usize = 0;
export let width: usize = 0;
export let plane: usize = 0;
export let stride: usize = 0;
/** Whether the axis of rows exists and has anything to find. */
export let hasColumns: bool = false;
/** Whether background stands beyond the ends. */
export let border: bool = false;
export let hasLabels: bool = false;

export let input: usize = 0;
export let steps: usize = 0;
export let output: usize = 0;
export let carry: usize = 0;
export let beside: usize = 0;
export let heights: usize = 0;
export let lowered: usize = 0;
export let values: usize = 0;
export let tile: usize = 0;
export let loweredTile: usize = 0;
export let labelTile: usize = 0;
export let hull: usize = 0;
/** Where a table of the costs of ... -2, -1, 0, 1, 2 ... steps along columns or rows has 0. */
export let columnCosts: usize = 0;
export let rowCosts: usize = 0;
/** The same of steps of length 1, in u16. */
export let shortCosts: usize = 0;
/** Elements in a row of `values`, and in a column of `tile`: whole vectors. */
export let broad: usize = 0;
export let tall: usize = 0;
/** A run of heights, with the background beyond its ends. */
export let run: usize = 0;
/** The first and the last of the lowest parabolas at the places that bound the blocks of a run. */
export let lows: usize = 0;
export let highs: usize = 0;
/** Steps to the ends of runs, in eight columns. */
export let counts: usize = 0;
/** A row of squares that are found. */
export let found: usize = 0;
/** Blocks of sixteen voxels in a row. */
export let blocks: usize = 0;
/** The same as whole vectors. */
export let ranks: usize = 0;
/** The largest distance in each block of each row that was finished last, in f32. */
export let bounds: usize = 0;
/** The distance within which each block of a row has found all that matters to it. */
export let within: usize = 0;
/** The steps within which each block's columns find all that matters to a row. */
export let reaches: usize = 0;
/** For how many planes each block's columns are not looked at for what matters in them. */
export let patience: usize = 0;
/** Places of the voxels of a line that matter to others. */
export let list: usize = 0;
/** Room for the last vector of a row, where the row behind is finished already. */
export let spill: usize = 0;

let end: usize = 0;

function take(bytes: usize): usize {
  const at = end;
  end += (bytes + SLACK + 15) & ~(<usize>15);
  return at;
}

export function arrange(
  rows: usize,
  columns: usize,
  chunk: usize,
  withColumns: bool,
  withBorder: bool,
  withLabels: bool,
  element: usize,
  w0: f64,
  w1: f64,
  w2: f64,
): void {
  height = rows;
  width = columns;
  plane = rows * columns;
  stride = PAD + ((columns + 15) & ~(<usize>15)) + PAD;
  hasColumns = withColumns;
  border = withBorder;
  hasLabels = withLabels;
  depthWeight = w0;
  heightWeight = w1;
  widthWeight = w2;
  depthStep = <f32>sqrt<f64>(w0);
  heightStep = <f32>sqrt<f64>(w1);
  widthStep = <f32>sqrt<f64>(w2);
  blocks = (columns + 15) / 16;
  ranks = (blocks + 3) & ~(<usize>3);

  end = (__heap_base + 15) & ~(<usize>15);
  input = take(plane * chunk * (withLabels ? 2 : 1));
  steps = take(plane * chunk * 2);
  output = take(plane * chunk * 4);
  carry = take(plane * 2);
  beside = take(withLabels ? plane * 2 : 0);
  const paddedElements = stride * (rows + 2);
  heights = take(paddedElements * element);
  lowered = take(withColumns ? paddedElements * element : 0);
  broad = (columns + 15) & ~(<usize>15);
  tall = (rows + 15) & ~(<usize>15);
  values = take(max(plane * 8, broad * tall * 4));
  tile = take(withColumns ? tall * 64 : 0);
  loweredTile = take(withColumns ? tall * 64 : 0);
  labelTile = take(withColumns && withLabels ? tall * 32 : 0);
  columnCosts = take((2 * rows + 64) * 4) + (rows + 32) * 4;
  rowCosts = take((2 * columns + 64) * 4) + (columns + 32) * 4;
  shortCosts = take((2 * max(rows, columns) + 64) * 2) + (max(rows, columns) + 32) * 2;
  run = take((max(rows, columns) + 16) * 4) + 16;
  lows = take(max(rows, columns) / 4 + 16);
  highs = take(max(rows, columns) / 4 + 16);
  counts = take(withLabels ? rows * 16 : 0);
  found = take(stride * 4);
  bounds = take(rows * ranks * 4);
  within = take(ranks * 4 + 16) + 16;
  reaches = take(withColumns ? rows * ranks * 4 : 0);
  patience = take(blocks);
  list = take((max(rows, columns) + 4) * 4);
  spill = take(64);
  hull = take((max(rows, columns) + 2) * 32);

  grow();
  fillCosts(columnCosts, <isize>rows + 31, w1);
  fillCosts(rowCosts, <isize>columns + 31, w2);
  // a square above the u16 ends any search
  for (let k = <isize>(max(rows, columns) + 31); k >= 0; k--) {
    const square = <u16>min<isize>(k * k, 65535);
    store<u16>(shortCosts + k * 2, square);
    store<u16>(shortCosts - k * 2, square);
  }
  // beside the first block and the last stands nothing
  v128.store(within - 16, f32x4.splat(0));
  v128.store(within + ranks * 4, f32x4.splat(0));
}

function fillCosts(zero: usize, most: isize, weight: f64): void {
  for (let k = -most; k <= most; k++) store<f32>(zero + k * 4, <f32>(weight * <f64>k * <f64>k));
}

function grow(): void {
  const pages = (end + 65535) >>> 16;
  const have = <usize>memory.size();
  if (pages > have) memory.grow(<i32>(pages - have));
}

/** Byte offset of row `y` (from -1 to height) of a padded plane of `element` bytes, after its left padding. */
export function rowOf(y: isize, element: usize): usize {
  return (<usize>(y + 1) * stride + PAD) * element;
}
