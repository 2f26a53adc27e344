// Windows of neighbours one step away along an axis, in a block of an image that the host lays out. A step is `stride` bytes; `line` bytes hold all
// places along the axis, and `bytes` all lines. So neighbours are two stretches of memory, whatever the axis. Whole arrays are padded to groups of four.

/** Lowers each of `least` to its neighbours in `x`. */
export function lowerToNeighbours(least: usize, x: usize, bytes: usize, stride: usize, line: usize): void {
  const length = line - stride;
  for (let start: usize = 0; start < bytes; start += line) {
    lower(least + start + stride, x + start, length);
    lower(least + start, x + start + stride, length);
  }
}

/** Adds the neighbours in `x` to each of `sum`. */
export function addNeighbours(sum: usize, x: usize, bytes: usize, stride: usize, line: usize): void {
  const length = line - stride;
  for (let start: usize = 0; start < bytes; start += line) {
    add(sum + start + stride, x + start, length);
    add(sum + start, x + start + stride, length);
  }
}

/** Begins to count how many of a window are its smallest: 1 where its centre is. */
export function countCentres(count: usize, x: usize, least: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(count + at, v128.and(f32x4.eq(v128.load(x + at), v128.load(least + at)), f32x4.splat(1)));
  }
}

/** Counts the neighbours that are the smallest of a window. */
export function countNeighbours(
  count: usize,
  x: usize,
  least: usize,
  bytes: usize,
  stride: usize,
  line: usize,
): void {
  const length = line - stride;
  for (let start: usize = 0; start < bytes; start += line) {
    tally(count + start, x + start + stride, least + start, length);
    tally(count + start + stride, x + start, least + start + stride, length);
  }
}

/** Divides what comes in at each window by the count, which the share then takes the place of, and gives the centres theirs. */
export function shareOut(
  count: usize,
  upstream: usize,
  x: usize,
  least: usize,
  gradient: usize,
  bytes: usize,
): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    const share = f32x4.div(v128.load(upstream + at), v128.load(count + at));
    v128.store(count + at, share);
    v128.store(gradient + at, v128.and(f32x4.eq(v128.load(x + at), v128.load(least + at)), share));
  }
}

/** Adds to each place the shares of the neighbouring windows that it is the smallest of. */
export function gatherShares(
  gradient: usize,
  x: usize,
  least: usize,
  share: usize,
  bytes: usize,
  stride: usize,
  line: usize,
): void {
  const length = line - stride;
  for (let start: usize = 0; start < bytes; start += line) {
    gather(gradient + start + stride, x + start + stride, least + start, share + start, length);
    gather(gradient + start, x + start, least + start + stride, share + start + stride, length);
  }
}

function lower(to: usize, from: usize, bytes: usize): void {
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) v128.store(to + at, f32x4.pmin(v128.load(to + at), v128.load(from + at)));
  for (; at < bytes; at += 4) if (load<f32>(from + at) < load<f32>(to + at)) store<f32>(to + at, load<f32>(from + at));
}

function add(to: usize, from: usize, bytes: usize): void {
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(from + at)));
  for (; at < bytes; at += 4) store<f32>(to + at, load<f32>(to + at) + load<f32>(from + at));
}

function tally(count: usize, x: usize, least: usize, bytes: usize): void {
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) {
    const isLeast = f32x4.eq(v128.load(x + at), v128.load(least + at));
    v128.store(count + at, f32x4.add(v128.load(count + at), v128.and(isLeast, f32x4.splat(1))));
  }
  for (; at < bytes; at += 4) {
    if (load<f32>(x + at) == load<f32>(least + at)) store<f32>(count + at, load<f32>(count + at) + 1);
  }
}

function gather(gradient: usize, x: usize, least: usize, share: usize, bytes: usize): void {
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) {
    const isLeast = f32x4.eq(v128.load(x + at), v128.load(least + at));
    v128.store(gradient + at, f32x4.add(v128.load(gradient + at), v128.and(isLeast, v128.load(share + at))));
  }
  for (; at < bytes; at += 4) {
    if (load<f32>(x + at) == load<f32>(least + at)) {
      store<f32>(gradient + at, load<f32>(gradient + at) + load<f32>(share + at));
    }
  }
}
