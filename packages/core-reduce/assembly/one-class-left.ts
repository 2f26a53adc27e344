// One class behind a sigmoid, from what a forward pass has left with labels of 0 and 1.
import { recalledComplement, recalledProbability } from "./kept";
import { labelled, smallerOf, unlabelled } from "./left-labels";
import { coefficientsAt, predictionsAt, weightsAt } from "./memory";
import { ones, splat } from "./numbers";

/** p (1 - p) is the same whichever of them is the smaller one. */
export function slopesOfLeftOverlap<Weighted>(bytes: usize): void {
  const ofFalsePositives = v128.load32_splat(coefficientsAt, 4);
  const inside = f32x4.sub(v128.load32_splat(coefficientsAt), v128.load32_splat(coefficientsAt, 8));
  const ofSquares = f32x4.mul(v128.load32_splat(coefficientsAt, 12), splat(-2));
  const hasSquares = v128.any_true(f32x4.ne(ofSquares, splat(0)));
  for (let at: usize = 0; at < bytes; at += 16) {
    const left = v128.load(predictionsAt + at);
    const smaller = smallerOf(left);
    const isLabelled = labelled(left);
    let d = v128.bitselect(inside, ofFalsePositives, isLabelled);
    if (hasSquares) {
      const kept = unlabelled(left);
      const missing = v128.bitselect(recalledComplement(kept), f32x4.neg(recalledProbability(kept)), isLabelled);
      d = f32x4.add(d, f32x4.mul(missing, ofSquares));
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
