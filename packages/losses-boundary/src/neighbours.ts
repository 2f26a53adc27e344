/** The offsets of all neighbours that share a corner: 2, 8 or 26. */
export function cornerOffsets(axes: number): number[][] {
  const box = (rest: number): number[][] =>
    rest === 0 ? [[]] : [-1, 0, 1].flatMap((step) => box(rest - 1).map((others) => [step, ...others]));
  return box(axes).filter((offset) => offset.some((step) => step !== 0));
}

/** The offsets of the neighbours that share a face: 2, 4 or 6. */
export function faceOffsets(axes: number): number[][] {
  return cornerOffsets(axes).filter((offset) => offset.filter((step) => step !== 0).length === 1);
}
