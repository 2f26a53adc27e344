// One class behind a sigmoid, from what a forward pass has left with labels of 0 and 1.
import { beside, isAny } from "./beside";
import { areAny, insideOf, outsideOf, rootsOf, slopeOfErrors, squaresInside, squaresOutside } from "./beside-slopes";
import { recalledComplement, recalledProbability } from "./kept";
import { labelled, smallerOf, unlabelled } from "./left-labels";
import { predictionsAt, weightsAt } from "./memory";
import { ones, splat } from "./numbers";
import { One } from "./planes";

/** p (1 - p) is the same whichever of them is the smaller one. */
export function slopesOfLeftOverlap<Weighted, Beside>(bytes: usize): void {
  const kind = beside;
  const inside = insideOf<One>(0);
  const outside = outsideOf<One, Beside>(0);
  const ofInside = squaresInside<One, Beside>(0);
  const ofOutside = squaresOutside<One, Beside>(0);
  const roots = rootsOf<One, Beside>(0);
  const hasErrors = areAny(isAny<Beside>() ? v128.or(v128.or(ofInside, ofOutside), roots) : ofInside);
  for (let at: usize = 0; at < bytes; at += 16) {
    const left = v128.load(predictionsAt + at);
    const smaller = smallerOf(left);
    const isLabelled = labelled(left);
    let d = v128.bitselect(inside, outside, isLabelled);
    if (hasErrors) {
      const kept = unlabelled(left);
      const p = recalledProbability(kept);
      const q = recalledComplement(kept);
      d = f32x4.add(d, slopeOfErrors<Beside>(kind, p, q, isLabelled, ofInside, ofOutside, roots));
    }
    let slope = f32x4.mul(f32x4.mul(smaller, f32x4.sub(ones(), smaller)), d);
    if (offsetof<Weighted>()) {
      const v = v128.load(weightsAt + at);
      slope = v128.and(f32x4.mul(slope, v), f32x4.gt(v, splat(0)));
    }
    // nothing of a voxel that does not count, not even a sign of 0
    v128.store(predictionsAt + at, f32x4.add(slope, splat(0)));
  }
}
