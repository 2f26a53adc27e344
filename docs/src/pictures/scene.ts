/** The images that the pictures are about: masks and predictions on a square, as numbers row by row. */

/** The side of the square in voxels. */
export const side = 40;

const centre = (side - 1) / 2;

type Field = (x: number, y: number) => number;

function draw(field: Field): Float32Array {
  return Float32Array.from({ length: side * side }, (_, voxel) => field(voxel % side, Math.floor(voxel / side)));
}

/** How far inside a disc a point is, in voxels; negative outside. */
function depth(x: number, y: number, radius: number, atX = centre, atY = centre): number {
  return radius - Math.hypot(x - atX, y - atY);
}

/** A disc of ones. */
export function disc(radius: number): Float32Array {
  return draw((x, y) => (depth(x, y, radius) > 0 ? 1 : 0));
}

/** Ones on the left half. */
export const half = draw((x) => (x < side / 2 ? 1 : 0));

/** Probabilities of a disc whose border takes about two voxels, sure of 98 % elsewhere. */
export function predictedDisc(radius: number, shift = 0): Float32Array {
  return draw((x, y) => 0.02 + 0.96 / (1 + Math.exp(-3 * depth(x, y, radius, centre + shift))));
}

/** Probabilities that are right but on the voxels of one side of the mask, which all get `p`. */
export function rightBut(mask: Float32Array, wrong: 0 | 1, p: number): Float32Array {
  return mask.map((label) => (label === wrong ? p : label));
}

/** How far inside an irregular lesion a point is. */
const lesionDepth: Field = (x, y) => {
  const angle = Math.atan2(y - 18, x - 17);
  return depth(x, y, 10 + 2.2 * Math.sin(3 * angle + 0.6) + 1.2 * Math.cos(2 * angle), 17, 18);
};

/** A lesion with a small one beside it. */
export const lesion = draw((x, y) => (Math.max(lesionDepth(x, y), depth(x, y, 2.6, 33, 9)) > 0 ? 1 : 0));

/** Logits that see the large lesion a little too far to the right, miss the small one, and see one where there is none. */
export const lesionLogits = draw((x, y) => {
  const seen = Math.max(lesionDepth(x - 2.2, y + 0.8) - 0.6, depth(x, y, 2.8, 31, 33));
  return 3.2 * Math.tanh(seen / 2.2) - 0.15;
});

/** Cells that touch and nearly touch, each with a number of its own. */
export const cells = draw((x, y) => {
  const depths = [
    depth(x, y, 7.4, 11, 12),
    depth(x, y, 6.6, 26, 10),
    depth(x, y, 8.2, 18, 27),
    depth(x, y, 5.2, 33, 24),
  ];
  const deepest = Math.max(...depths);
  return deepest > 0 ? depths.indexOf(deepest) + 1 : 0;
});
