import { far } from "./side-source.ts";

/** What a pass along one axis finds: the squared distance to the nearest voxel of a side, or of equally near ones the fewest steps, squared. */
export type Found = "counts" | "squares";

/**
 * `squareAt` and `countAt` before the first pass: 0 on the side that is searched, far elsewhere. Columns up to the number of classes search the
 * outside of a class, those beyond it the inside.
 */
export const seeds = `
    fn squareAt(n: i32, i: i32, k: i32) -> f32 {
      if (isIgnored(n, i)) { return ${far}; }
      if (k < uniforms.classes) { return select(0.0, ${far}, isInside(n, i, k)); }
      return select(${far}, 0.0, isInside(n, i, k - uniforms.classes));
    }
    fn countAt(n: i32, i: i32, k: i32) -> f32 { return squareAt(n, i, k); }`;

/** The same after a pass. */
export function found(withCounts: boolean): string {
  return `
    fn squareAt(n: i32, i: i32, k: i32) -> f32 { return getSquares(n, i, k); }
    fn countAt(n: i32, i: i32, k: i32) -> f32 { return ${withCounts ? "getCounts(n, i, k)" : "0.0"}; }`;
}

/**
 * `valueAt`: the least of (j - i)^2 s^2 + f(j) over the voxels j of a line along one axis, which is exact: a squared distance is a sum over axes. The
 * search goes outwards and ends where the axis alone is farther than what was found. Of distances that are equal but for rounding, those over the
 * fewest steps count. With `border` the outside begins one step beyond the ends.
 */
export function search(result: Found, withCounts: boolean, border: boolean): string {
  return `
    var<private> square: f32;
    var<private> count: f32;

    fn offer(other: f32, steps: f32) {
      ${withCounts ? takeNearest : "square = min(square, other);"}
    }
    fn squareOf(steps: i32) -> f32 {
      let way: f32 = f32(steps) * uniforms.spacing;
      return way * way;
    }
    fn squareSteps(steps: i32) -> f32 { return f32(steps) * f32(steps); }

    fn valueAt(n: i32, i: i32, k: i32) -> f32 {
      let at: i32 = (i / uniforms.stride) % uniforms.extent;
      square = squareAt(n, i, k);
      count = countAt(n, i, k);
      ${border ? fromBorder : ""}
      for (var t: i32 = 1; t < uniforms.extent; t++) {
        let away: f32 = squareOf(t);
        if (away > square) { break; }
        if (t <= at) {
          let j: i32 = i - t * uniforms.stride;
          offer(away + squareAt(n, j, k), squareSteps(t) + countAt(n, j, k));
        }
        if (at + t < uniforms.extent) {
          let j: i32 = i + t * uniforms.stride;
          offer(away + squareAt(n, j, k), squareSteps(t) + countAt(n, j, k));
        }
      }
      return ${result === "squares" ? "square" : "count"};
    }`;
}

const takeNearest = `
      let isLevel: bool = abs(other - square) <= 4e-7 * square;
      if ((isLevel && steps < count) || (!isLevel && other < square)) {
        square = other;
        count = steps;
      }`;

const fromBorder = `
      if (k < uniforms.classes) {
        let outwards: i32 = min(at + 1, uniforms.extent - at);
        offer(squareOf(outwards), squareSteps(outwards));
      }`;
