// Where everything lies in the module's own memory. There is no heap and no stack: below 1024 stand constants, above it these buffers.
//
// A tile is what the host copies in at once: voxels with their classes side by side, as tensors hold them. A block is the part of a
// tile that is worked on at once: one plane of voxels for each class, small enough that all planes stay in the first-level cache.

/** Numbers a tile holds at most. */
const tileFloats: i32 = 16384;
/** Numbers a set of planes holds at most. */
const planeFloats: i32 = 4096;
const mostClasses: i32 = 256;
/** A last group of four voxels may be read and written whole, past the end. */
const slack: usize = 4 * 4 * 256;

const tileBytes: usize = 4 * tileFloats + slack;
// 64 bytes apart from a power of two, so that planes do not fall into the same cache lines
const planesBytes: usize = 4 * planeFloats + 64;
const mapBytes: usize = 4 * 256 + 64;

// Tiles, filled by the host. The predictions' tile also takes the result that is as large as they are.
export const predictionsAt: usize = 1024;
export const labelsAt: usize = predictionsAt + tileBytes;
export const fieldAt: usize = labelsAt + tileBytes;
export const weightsAt: usize = fieldAt + tileBytes;
export const mapAt: usize = weightsAt + tileBytes;

// Numbers a class, filled by the host: the upstream gradients of up to four sums, and the coefficients of both cross-entropy terms.
export const coefficientsAt: usize = mapAt + tileBytes;
export const termCoefficientsAt: usize = coefficientsAt + 4 * 4 * mostClasses;
// Sums a class, read by the host: up to four, each a pair of doubles to be added.
export const sumsAt: usize = termCoefficientsAt + 4 * 4 * mostClasses;
// The sums of both cross-entropy terms, likewise, with two more of which nobody asks: laid out as those above.
export const termSumsAt: usize = sumsAt + 4 * 16 * mostClasses;

// Planes of classes.
export const logits: usize = termSumsAt + 4 * 16 * mostClasses;
export const target: usize = logits + planesBytes;
export const probability: usize = target + planesBytes;
export const complement: usize = probability + planesBytes;
export const minusLog: usize = complement + planesBytes;
export const minusLogComplement: usize = minusLog + planesBytes;
export const slope: usize = minusLogComplement + planesBytes;
export const field: usize = slope + planesBytes;
export const scratch: usize = field + planesBytes;

// Planes of one number a voxel.
export const weight: usize = scratch + planesBytes;
export const keep: usize = weight + mapBytes;
export const scale: usize = keep + mapBytes;

/** The classes of the predictions. */
export let classes: i32 = 1;
/** Voxels that are worked on at once. */
export let blockVoxels: i32 = 256;
/** From the plane of one class to that of the next, in bytes. */
export let plane: usize = 1024;

/** Lays out the planes for a number of classes and says how many voxels a tile takes. */
export function layOut(count: i32): i32 {
  classes = count;
  // many short chunks of a plane cost loops, long ones cost cache; 16 voxels for 256 classes, 256 for up to 4
  blockVoxels = max(16, min(256, (1024 / count) & ~15));
  plane = 4 * blockVoxels;
  return max(blockVoxels, (tileFloats / count / blockVoxels) * blockVoxels);
}

/** Clears the sums of a sample. */
export function clearSums(): void {
  memory.fill(sumsAt, 0, 2 * 4 * 16 * mostClasses);
}
