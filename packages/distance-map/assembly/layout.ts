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
export let padded: usize = 0;
export let values: usize = 0;
export let tile: usize = 0;
export let labelTile: usize = 0;
export let hull: usize = 0;
/** Room for the results of one vector group that ends beyond its plane, where the next plane is finished already. */
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

  end = (__heap_base + 15) & ~(<usize>15);
  input = take(plane * chunk * (withLabels ? 2 : 1));
  steps = take(plane * chunk * 2);
  output = take(plane * chunk * 4);
  carry = take(plane * 2);
  beside = take(withLabels ? plane * 2 : 0);
  const paddedElements = stride * (rows + 2);
  heights = take(paddedElements * element);
  lowered = take(withColumns ? paddedElements * element : 0);
  padded = take(withLabels ? paddedElements * 2 : 0);
  values = take(plane * 8);
  tile = take(withColumns ? rows * 64 : 0);
  labelTile = take(withColumns && withLabels ? rows * 16 : 0);
  spill = take(64);
  hull = take((max(rows, columns) + 2) * 32);

  const pages = (end + 65535) >>> 16;
  const have = <usize>memory.size();
  if (pages > have) memory.grow(<i32>(pages - have));
}

/** Byte offset of row `y` (from -1 to height) of a padded plane of `element` bytes, after its left padding. */
export function rowOf(y: isize, element: usize): usize {
  return (<usize>(y + 1) * stride + PAD) * element;
}
