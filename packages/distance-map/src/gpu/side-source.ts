/** How the labels of a map are read. */
export interface SideSource {
  readonly indices: boolean;
  readonly weighted: boolean;
}

/** Larger than every squared distance; infinity is not safe on a graphics processor. */
export const far = "1e30";

/** `isInside`, and `isIgnored` for voxels that lie on no side; one class's indices are a mask of 0 and 1. */
export function sides({ indices, weighted }: SideSource): string {
  const label = "f32(select(c, 1, uniforms.classes == 1))";
  const inside = indices ? `getLabels(n, i) == ${label}` : "getLabels(n, i, c) > 0.5";
  return `
    fn isInside(n: i32, i: i32, c: i32) -> bool { return ${inside}; }
    fn isIgnored(n: i32, i: i32) -> bool { return ${weighted ? "getWeights(n, i) == 0.0" : "false"}; }`;
}
