import { above, equal, least, loadLabels, plus, splat } from "./lanes";

/**
 * Exact min-plus search of sixteen neighbouring lines: k steps to both sides as long as k steps alone cost less than
 * the best so far in any lane of `live`. A side that has come to its end stays there, on padding. Every second step
 * tests: the test costs more than a step too many, and the processor foresees it better. Returns the steps.
 */
@inline
export function lower<T, Labels>(
  at: isize,
  to: isize,
  step: isize,
  first: isize,
  last: isize,
  most: isize,
  costs: usize,
  names: isize,
  live0: v128,
  live1: v128,
  live2: v128,
  live3: v128,
): isize {
  let best0 = v128.load(at);
  let best1 = v128.load(at, 16);
  let best2 = best0;
  let best3 = best1;
  let own0 = best0;
  let own1 = best0;
  let own2 = best0;
  let own3 = best0;
  if (sizeof<T>() === 4) {
    best2 = v128.load(at, 32);
    best3 = v128.load(at, 48);
  }
  if (sizeof<Labels>() === 2) {
    const label = labelsOf<T>(at, names);
    own0 = loadLabels<T>(label, 0);
    own1 = loadLabels<T>(label, 1);
    if (sizeof<T>() === 4) {
      own2 = loadLabels<T>(label, 2);
      own3 = loadLabels<T>(label, 3);
    }
  }
  let before = at;
  let after = at;
  let k: isize = 1;
  for (; k <= most; k++) {
    const cost = splat<T>(costs + k * sizeof<T>());
    if (k & 1) {
      let open = v128.or(above<T>(v128.and(best0, live0), cost), above<T>(v128.and(best1, live1), cost));
      if (sizeof<T>() === 4) {
        const more = v128.or(above<T>(v128.and(best2, live2), cost), above<T>(v128.and(best3, live3), cost));
        open = v128.or(open, more);
      }
      if (!v128.any_true(open)) break;
    }
    before = max<isize>(before - step, first);
    after = min<isize>(after + step, last);
    const label0 = labelsOf<T>(before, names);
    const label1 = labelsOf<T>(after, names);
    best0 = nearer<T, Labels>(best0, v128.load(before), v128.load(after), cost, own0, label0, label1, 0);
    best1 = nearer<T, Labels>(best1, v128.load(before, 16), v128.load(after, 16), cost, own1, label0, label1, 1);
    if (sizeof<T>() === 4) {
      best2 = nearer<T, Labels>(best2, v128.load(before, 32), v128.load(after, 32), cost, own2, label0, label1, 2);
      best3 = nearer<T, Labels>(best3, v128.load(before, 48), v128.load(after, 48), cost, own3, label0, label1, 3);
    }
  }
  v128.store(to, best0);
  v128.store(to, best1, 16);
  if (sizeof<T>() === 4) {
    v128.store(to, best2, 32);
    v128.store(to, best3, 48);
  }
  return k;
}

/** Where the label of the voxel with the height at `at` lies; `names` is their distance. */
@inline
function labelsOf<T>(at: isize, names: isize): isize {
  return (sizeof<T>() === 4 ? at >> 1 : at) + names;
}

/** The least of what is known and the two candidates; a voxel of another label has height 0. */
@inline
function nearer<T, Labels>(
  best: v128,
  before: v128,
  after: v128,
  cost: v128,
  own: v128,
  labelBefore: isize,
  labelAfter: isize,
  vector: isize,
): v128 {
  if (sizeof<Labels>() === 2) {
    before = v128.and(before, equal<T>(own, loadLabels<T>(labelBefore, vector)));
    after = v128.and(after, equal<T>(own, loadLabels<T>(labelAfter, vector)));
  }
  return least<T>(best, plus<T>(least<T>(before, after), cost));
}
