import { beside, carry, input, plane, steps } from "./layout";

/** Steps to the nearest other label towards the first plane, for `count` planes of mask bytes. */
export function sweepMask(count: usize): void {
  let before = carry;
  const one = i16x8.splat(1);
  const zero = i8x16.splat(0);
  for (let p: usize = 0; p < count; p++) {
    const mask = input + p * plane;
    const here = steps + p * plane * 2;
    for (let i: usize = 0; i < plane; i += 16) {
      const inside = v128.ne<i8>(v128.load(mask + i), zero);
      const at = i << 1;
      // read both before either is written: the last vector reaches into the next plane
      const low = v128.and(v128.add_sat<u16>(v128.load(before + at), one), v128.extend_low<i8>(inside));
      const high = v128.and(v128.add_sat<u16>(v128.load(before + at, 16), one), v128.extend_high<i8>(inside));
      v128.store(here + at, low);
      v128.store(here + at, high, 16);
    }
    before = here;
  }
  memory.copy(carry, before, plane * 2);
}

/** The same where every label counts: `beside` holds the labels of the plane before. */
export function sweepLabels(count: usize): void {
  let before = carry;
  let labelsBefore = beside;
  const one = i16x8.splat(1);
  for (let p: usize = 0; p < count; p++) {
    const labels = input + p * plane * 2;
    const here = steps + p * plane * 2;
    for (let at: usize = 0; at < plane * 2; at += 16) {
      const same = v128.eq<i16>(v128.load(labels + at), v128.load(labelsBefore + at));
      const onwards = v128.add_sat<u16>(v128.load(before + at), one);
      v128.store(here + at, v128.bitselect(onwards, one, same));
    }
    before = here;
    labelsBefore = labels;
  }
  memory.copy(carry, before, plane * 2);
  memory.copy(beside, labelsBefore, plane * 2);
}

/** Steps to both sides for one plane: `carry` becomes this plane's. Returns whether no voxel found any. */
export function returnMask(here: usize): bool {
  const one = i16x8.splat(1);
  const end = plane * 2;
  let least = i16x8.splat(-1);
  let at: usize = 0;
  for (; at + 16 <= end; at += 16) {
    const nearest = v128.min<u16>(v128.load(here + at), v128.add_sat<u16>(v128.load(carry + at), one));
    v128.store(carry + at, nearest);
    least = v128.min<u16>(least, nearest);
  }
  for (; at < end; at += 2) {
    const onwards = min<u32>(<u32>load<u16>(carry + at) + 1, 65535);
    const nearest = min<u32>(<u32>load<u16>(here + at), onwards);
    store<u16>(carry + at, <u16>nearest);
    least = v128.min<u16>(least, i16x8.splat(<i16>nearest));
  }
  return v128.all_true<i16>(v128.eq<i16>(least, i16x8.splat(-1)));
}

/** The same where every label counts: `beside` holds the labels of the plane after, and then this plane's. */
export function returnLabels(here: usize, labels: usize): bool {
  const one = i16x8.splat(1);
  const end = plane * 2;
  let least = i16x8.splat(-1);
  const first = i16x8.splat(<i16>load<u16>(labels));
  let uniform = i16x8.splat(-1);
  let at: usize = 0;
  for (; at + 16 <= end; at += 16) {
    const own = v128.load(labels + at);
    const same = v128.eq<i16>(own, v128.load(beside + at));
    const onwards = v128.bitselect(v128.add_sat<u16>(v128.load(carry + at), one), one, same);
    const nearest = v128.min<u16>(v128.load(here + at), onwards);
    v128.store(carry + at, nearest);
    least = v128.min<u16>(least, nearest);
    uniform = v128.and(uniform, v128.eq<i16>(own, first));
  }
  for (; at < end; at += 2) {
    const own = load<u16>(labels + at);
    const same = own === load<u16>(beside + at);
    const onwards = same ? min<u32>(<u32>load<u16>(carry + at) + 1, 65535) : 1;
    const nearest = min<u32>(<u32>load<u16>(here + at), onwards);
    store<u16>(carry + at, <u16>nearest);
    least = v128.min<u16>(least, i16x8.splat(<i16>nearest));
    uniform = v128.and(uniform, v128.eq<i16>(i16x8.splat(<i16>own), first));
  }
  memory.copy(beside, labels, plane * 2);
  return v128.all_true<i16>(v128.and(uniform, v128.eq<i16>(least, i16x8.splat(-1))));
}
