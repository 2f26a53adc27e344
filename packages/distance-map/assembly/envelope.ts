import {
  border,
  carry,
  depthWeight,
  hasColumns,
  hasLabels,
  height,
  heightWeight,
  hull,
  labelTile,
  plane,
  tile,
  values,
  width,
  widthWeight,
} from "./layout";

/** One plane by lower envelopes in doubles, whatever its content; the same arithmetic as the TypeScript twin. */
export function envelopePlane(output: usize, labels: usize, squared: bool, scale: f64, cap: f64, nothing: f64): void {
  liftPlane();
  if (hasColumns) envelopeColumns(labels);
  for (let y: usize = 0; y < height; y++) {
    const line = values + y * width * 8;
    envelopeLine(line, labels + y * width * 2, width, widthWeight);
  }
  finish(output, squared, scale, cap, nothing);
}

/** Squares of the steps along the slowest axis, in doubles. */
function liftPlane(): void {
  const weight = f64x2.splat(depthWeight);
  const infinity = f64x2.splat(Infinity);
  const far = f64x2.splat(65535);
  for (let i: usize = 0; i < plane; i += 4) {
    const counts = v128.load_ext<u16>(carry + i * 2);
    const a = f64x2.convert_low_i32x4_u(counts);
    const b = f64x2.convert_low_i32x4_u(v128.shuffle<u64>(counts, counts, 1, 1));
    const at = values + i * 8;
    const liftedA = v128.mul<f64>(v128.mul<f64>(weight, a), a);
    const liftedB = v128.mul<f64>(v128.mul<f64>(weight, b), b);
    v128.store(at, v128.bitselect(infinity, liftedA, v128.eq<f64>(a, far)));
    v128.store(at, v128.bitselect(infinity, liftedB, v128.eq<f64>(b, far)), 16);
  }
}

/** Eight columns at a time, a cache line of doubles. */
function envelopeColumns(labels: usize): void {
  for (let x: usize = 0; x < width; x += 8) {
    // nothing to find in these columns, and nothing to bound them
    if (!hasLabels && !border && nowhere(x)) continue;
    const count = min<usize>(8, width - x);
    for (let y: usize = 0; y < height; y++) {
      for (let c: usize = 0; c < count; c++) {
        const from = y * width + x + c;
        const to = c * height + y;
        store<f64>(tile + to * 8, load<f64>(values + from * 8));
        if (hasLabels) store<u16>(labelTile + to * 2, load<u16>(labels + from * 2));
      }
    }
    for (let c: usize = 0; c < count; c++) {
      envelopeLine(tile + c * height * 8, labelTile + c * height * 2, height, heightWeight);
    }
    for (let y: usize = 0; y < height; y++) {
      for (let c: usize = 0; c < count; c++) {
        store<f64>(values + (y * width + x + c) * 8, load<f64>(tile + (c * height + y) * 8));
      }
    }
  }
}

/** Whether no voxel of eight columns has found anything yet; columns behind the last may say no. */
function nowhere(x: usize): bool {
  const far = i16x8.splat(-1);
  let least = far;
  for (let y: usize = 0; y < height; y++) least = v128.min<u16>(least, v128.load(carry + (y * width + x) * 2));
  return v128.all_true<i16>(v128.eq<i16>(least, far));
}

/** Runs lie between zeros, or are those of equal labels. */
function envelopeLine(line: usize, labels: usize, length: usize, weight: f64): void {
  let p: usize = 0;
  while (p < length) {
    let outside = border;
    let from = p;
    if (hasLabels) {
      const label = load<u16>(labels + p * 2);
      while (p < length && load<u16>(labels + p * 2) === label) p++;
      // background itself sees no border
      if (label === 0) outside = false;
    } else {
      while (p < length && load<f64>(line + p * 8) === 0) p++;
      if (p === length) return;
      from = p;
      while (p < length && load<f64>(line + p * 8) !== 0) p++;
    }
    envelopeRun(line + from * 8, p - from, outside || from > 0, outside || p < length, weight);
  }
}

// a parabola: its position, height, height / weight + position^2, and where it begins to be the lowest
const PARABOLA: usize = 32;

/** D(p) = min over q of h(q) + weight (p - q)^2, in place; see the TypeScript twin. */
function envelopeRun(line: usize, length: usize, left: bool, right: bool, weight: f64): void {
  const perWeight = 1 / weight;
  let top = hull - PARABOLA;
  if (left) {
    top = hull;
    store<f64>(top, -1);
    store<f64>(top, 0, 8);
    store<f64>(top, 1, 16);
    store<f64>(top, -Infinity, 24);
  }
  for (let q: usize = 0; q <= length; q++) {
    const h = q < length ? load<f64>(line + q * 8) : right ? 0 : <f64>Infinity;
    if (h === Infinity) continue;
    const at = <f64>q;
    const lift = h * perWeight + at * at;
    let begin: f64 = -Infinity;
    while (top >= hull) {
      begin = ((lift - load<f64>(top, 16)) * 0.5) / (at - load<f64>(top));
      if (begin > load<f64>(top, 24)) break;
      top -= PARABOLA;
    }
    if (begin >= <f64>length) continue;
    const first = top < hull;
    top += PARABOLA;
    store<f64>(top, at);
    store<f64>(top, h, 8);
    store<f64>(top, lift, 16);
    store<f64>(top, first ? -Infinity : begin, 24);
  }
  if (top < hull) return;
  let p: usize = 0;
  for (let parabola = hull; parabola <= top; parabola += PARABOLA) {
    const here = load<f64>(parabola);
    const h = load<f64>(parabola, 8);
    const next = parabola === top ? <f64>length : load<f64>(parabola + PARABOLA, 24);
    const end = <usize>min<f64>(max<f64>(ceil<f64>(next), 0), <f64>length);
    const lift = f64x2.splat(h);
    const wide = f64x2.splat(weight);
    for (; p + 1 < end; p += 2) {
      const away = f64x2(<f64>p - here, <f64>p + 1 - here);
      v128.store(line + p * 8, v128.add<f64>(lift, v128.mul<f64>(v128.mul<f64>(wide, away), away)));
    }
    for (; p < end; p++) {
      const away = <f64>p - here;
      store<f64>(line + p * 8, h + weight * away * away);
    }
  }
}

function finish(output: usize, squared: bool, scale: f64, cap: f64, nothing: f64): void {
  const factor = f64x2.splat(squared ? scale * scale : scale);
  const most = f64x2.splat(cap);
  const none = f64x2.splat(nothing);
  const infinity = f64x2.splat(Infinity);
  const whole = f64x2.splat(16777216);
  const narrowMost = f32x4.splat(<f32>cap);
  // whole numbers below 2^24 are exact in float32, whose square root rounds as the double's does and costs a third
  const narrow = !squared && scale === 1 && depthWeight === 1 && heightWeight === 1 && widthWeight === 1;
  let i: usize = 0;
  if (narrow) {
    for (; i + 4 <= plane; i += 4) {
      const a = v128.load(values + i * 8);
      const b = v128.load(values + i * 8, 16);
      if (!v128.all_true<i64>(v128.and(v128.lt<f64>(a, whole), v128.lt<f64>(b, whole)))) break;
      const square = v128.shuffle<u64>(f32x4.demote_f64x2_zero(a), f32x4.demote_f64x2_zero(b), 0, 2);
      v128.store(output + i * 4, v128.pmin<f32>(v128.sqrt<f32>(square), narrowMost));
    }
  }
  for (; i < plane; i += 2) {
    const value = v128.load(values + i * 8);
    const distance = v128.mul<f64>(squared ? value : v128.sqrt<f64>(value), factor);
    const capped = v128.pmin<f64>(distance, most);
    const result = v128.bitselect(none, capped, v128.eq<f64>(value, infinity));
    const rounded = f32x4.demote_f64x2_zero(result);
    // the plane behind is finished already
    if (i + 1 < plane) v128.store_lane<u64>(output + i * 4, rounded, 0);
    else v128.store_lane<u32>(output + i * 4, rounded, 0);
  }
}
