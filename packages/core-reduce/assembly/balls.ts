// Sums over balls, each a stack of rows. The host lays out the sums of everything before each place of a row, whole numbers, and lists the addresses behind the
// end and at the beginning of each row of the ball around the first voxel; a row's sum is the difference of two.

/** Fills `count` sums times a unit, rounded up to whole groups of 16, of the balls `shift` bytes further on than the list says. */
export function sumRows(result: usize, count: i32, list: usize, end: usize, shift: usize, unit: f32): void {
  const scale = f32x4.splat(unit);
  const last = result + 4 * <usize>count;
  for (; result < last; result += 64) {
    let a = i32x4.splat(0);
    let b = i32x4.splat(0);
    let c = i32x4.splat(0);
    let d = i32x4.splat(0);
    for (let at = list; at < end; at += 8) {
      const behind = <usize>load<u32>(at) + shift;
      const first = <usize>load<u32>(at + 4) + shift;
      a = i32x4.add(a, i32x4.sub(v128.load(behind), v128.load(first)));
      b = i32x4.add(b, i32x4.sub(v128.load(behind, 16), v128.load(first, 16)));
      c = i32x4.add(c, i32x4.sub(v128.load(behind, 32), v128.load(first, 32)));
      d = i32x4.add(d, i32x4.sub(v128.load(behind, 48), v128.load(first, 48)));
    }
    v128.store(result, f32x4.mul(f32x4.convert_i32x4_s(a), scale));
    v128.store(result, f32x4.mul(f32x4.convert_i32x4_s(b), scale), 16);
    v128.store(result, f32x4.mul(f32x4.convert_i32x4_s(c), scale), 32);
    v128.store(result, f32x4.mul(f32x4.convert_i32x4_s(d), scale), 48);
    shift += 64;
  }
}

/**
 * Fills the sums of everything before each place of `lines` rows, in whole numbers, of which more than 32 bits are dropped, and so much to both
 * sides that a row of a ball never ends outside.
 */
export function sumBefore(x: usize, before: usize, lines: i32, columns: i32, reach: i32, scale: f64): void {
  for (let line = 0; line < lines; line++) {
    for (let end = before + 4 * <usize>(reach + 1); before < end; before += 4) store<i32>(before, 0);
    let sum: f64 = 0;
    for (let end = before + 4 * <usize>columns; before < end; before += 4) {
      sum += <f64>load<f32>(x) * scale;
      store<i32>(before, <i32>(<i64>sum));
      x += 4;
    }
    const all = <i32>(<i64>sum);
    for (let end = before + 4 * <usize>reach; before < end; before += 4) store<i32>(before, all);
  }
}

/**
 * The sum of v w (p - g)^2 (g M + p N) over the voxels of a channel, whose arrays are `stride` bytes apart: p, g, v, how many voxels the balls around
 * them hold, the sums of p and g over these balls; its slopes but for what goes through means of p are added to the next one, and what a mean of p
 * is worth fills the last.
 */
export function weighBalls(first: usize, stride: usize, bytes: usize, weight: f32): f64 {
  const zero = f32x4.splat(0);
  const two = f32x4.splat(2);
  let sum = f64x2.splat(0);
  for (let at: usize = first; at < first + bytes; at += 16) {
    const p = v128.load(at);
    const g = v128.load(at + stride);
    const w = f32x4.mul(v128.load(at + 2 * stride), f32x4.splat(weight));
    const size = f32x4.max(v128.load(at + 3 * stride), f32x4.splat(1));
    // twice the mean less 1, exactly 0 where the mean is exactly one half
    const predicted = f32x4.div(f32x4.sub(f32x4.mul(two, v128.load(at + 4 * stride)), size), size);
    const labelled = f32x4.div(f32x4.sub(f32x4.mul(two, v128.load(at + 5 * stride)), size), size);
    const missed = f32x4.add(f32x4.max(f32x4.neg(predicted), zero), f32x4.max(labelled, zero));
    const invented = f32x4.add(f32x4.max(f32x4.neg(labelled), zero), f32x4.max(predicted, zero));
    const error = f32x4.sub(p, g);
    const factor = f32x4.add(f32x4.mul(g, missed), f32x4.mul(p, invented));
    const ofError = f32x4.mul(w, error);
    const squared = f32x4.mul(ofError, error);
    const term = f32x4.mul(squared, factor);
    sum = f64x2.add(sum, f64x2.promote_low_f32x4(term));
    sum = f64x2.add(sum, f64x2.promote_low_f32x4(i32x4.shuffle(term, term, 2, 3, 2, 3)));
    const direct = f32x4.mul(ofError, f32x4.add(f32x4.mul(two, factor), f32x4.mul(error, invented)));
    v128.store(at + 6 * stride, f32x4.add(v128.load(at + 6 * stride), direct));
    const side = f32x4.sub(v128.and(f32x4.gt(predicted, zero), p), v128.and(f32x4.lt(predicted, zero), g));
    v128.store(at + 7 * stride, f32x4.div(f32x4.mul(f32x4.mul(two, squared), side), size));
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
