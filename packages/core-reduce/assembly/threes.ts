// Three classes side by side, as vectors of one class each: shuffles of which an engine makes one instruction each.

/** The classes of a = x0 y0 z0 x1, b = y1 z1 x2 y2, c = z2 x3 y3 z3. */
// @ts-ignore: decorator
@inline
export function firstOf(a: v128, b: v128, c: v128): v128 {
  return v128.shuffle<f32>(a, v128.shuffle<f32>(b, c, 2, 2, 5, 5), 0, 3, 4, 6);
}

// @ts-ignore: decorator
@inline
export function secondOf(a: v128, b: v128, c: v128): v128 {
  return v128.shuffle<f32>(v128.shuffle<f32>(a, b, 1, 1, 4, 4), v128.shuffle<f32>(b, c, 3, 3, 6, 6), 0, 2, 4, 6);
}

// @ts-ignore: decorator
@inline
export function thirdOf(a: v128, b: v128, c: v128): v128 {
  return v128.shuffle<f32>(v128.shuffle<f32>(a, b, 2, 2, 5, 5), c, 0, 2, 4, 7);
}

/** Puts the classes x, y, z of four voxels side by side. */
// @ts-ignore: decorator
@inline
export function put(to: usize, x: v128, y: v128, z: v128): void {
  const xy = v128.shuffle<f32>(x, y, 0, 2, 4, 6);
  const yz = v128.shuffle<f32>(y, z, 1, 3, 5, 7);
  const zx = v128.shuffle<f32>(z, x, 0, 2, 5, 7);
  // xy = x0 x2 y0 y2, yz = y1 y3 z1 z3, zx = z0 z2 x1 x3
  v128.store(to, v128.shuffle<f32>(xy, zx, 0, 2, 4, 6));
  v128.store(to, v128.shuffle<f32>(yz, xy, 0, 2, 5, 7), 16);
  v128.store(to, v128.shuffle<f32>(zx, yz, 1, 3, 5, 7), 32);
}
