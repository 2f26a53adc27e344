// Overlap where every label is 0 or 1, and in the same loops what some losses sum beside it.
import { chooseBeside, powers, Something } from "./beside";
import { gradientOfLeft, hasHardLoops } from "./hard";
import { isOneSigmoid } from "./stage";

/** Whether there are loops for it: of powers, for the usual one. */
export function hasHardErrors(kind: i32, exponent: f32): bool {
  return (isOneSigmoid() || hasHardLoops()) && (kind != powers || exponent == 1.5);
}

/** Replaces what a forward pass has left of a tile, with labels, by the gradient. */
export function leftOverlapErrorGradient(voxels: i32, kind: i32): void {
  chooseBeside(kind);
  gradientOfLeft<Something>(voxels);
}
