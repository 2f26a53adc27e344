import { far } from "./side-source.ts";

/** What is made of squared distances. */
export interface FinishSource {
  readonly map: "distance" | "hausdorff" | "signed";
  readonly squared: boolean;
  /** Whether a step is taken off the inner distances: one of the spacing that all axes share, or the voxel's own. */
  readonly step: "none" | "own" | "shared";
  /** How many axes there are, and whether the outside begins beyond their ends. */
  readonly axes: number;
  readonly border: boolean;
}

/** `valueAt`: the map at a class of a voxel. */
export function finish(source: FinishSource): string {
  const { map } = source;
  const value = { distance: distance(source), signed: signed(source), hausdorff: power }[map];
  return `${root}${source.step === "own" ? touches(source) : ""}
    fn squareOf(n: i32, i: i32, c: i32, inside: bool) -> f32 {
      return getSquares(n, i, select(c + uniforms.classes, c, inside));
    }
    fn valueAt(n: i32, i: i32, c: i32) -> f32 {
      if (isIgnored(n, i)) { return 0.0; }
      let inside: bool = isInside(n, i, c);
      ${value}
    }`;
}

/** Square roots of processors are off by a digit or two; those of whole squares are made whole. */
const root = `
    fn root(x: f32) -> f32 {
      let y: f32 = sqrt(x);
      let whole: f32 = floor(y + 0.5);
      return select(y, whole, whole * whole == x);
    }`;

const scaled = (isSquared: boolean) =>
  isSquared ? "square * uniforms.scale * uniforms.scale" : "root(square) * uniforms.scale";

function distance({ squared }: FinishSource): string {
  return `
      if (!inside) { return 0.0; }
      let square: f32 = squareOf(n, i, c, true);
      if (square >= ${far}) { return uniforms.nothing; }
      return min(${scaled(squared)}, uniforms.cap);`;
}

function signed({ squared, step }: FinishSource): string {
  const shared = step === "shared" ? " - uniforms.scale" : "";
  const own = `
      if (touchesOutside(n, i, c)) { return 0.0; }
      return 0.0 - min(root(square) * (1.0 - 1.0 / sqrt(getCounts(n, i, c))), uniforms.cap);`;
  return `
      let square: f32 = squareOf(n, i, c, inside);
      if (square >= ${far}) { return select(min(uniforms.nothing, uniforms.cap), 0.0 - uniforms.nothing, inside); }
      if (!inside) { return min(${scaled(squared)}, uniforms.cap); }
      ${step === "own" ? own : `return 0.0 - min(${scaled(squared)}${shared}, uniforms.cap);`}`;
}

/** Whole powers are products: powers of processors are off by more digits. */
const power = `
      let square: f32 = squareOf(n, i, c, inside);
      if (square >= ${far}) { return uniforms.borderless; }
      let away: f32 = root(square) * uniforms.scale;
      if (uniforms.alpha == 0.0) { return 1.0; }
      if (uniforms.alpha == 1.0) { return away; }
      if (uniforms.alpha == 2.0) { return square * uniforms.scale * uniforms.scale; }
      if (uniforms.alpha == 3.0) { return square * uniforms.scale * uniforms.scale * away; }
      return pow(away, uniforms.alpha);`;

/** `touchesOutside`: whether a face neighbour is outside. */
function touches({ axes, border }: FinishSource): string {
  const along = Array.from({ length: axes }, (_, axis) => {
    return `touchesAlong(n, i, c, uniforms.stride${axis}, uniforms.extent${axis})`;
  });
  return `
    fn isOutside(n: i32, i: i32, c: i32) -> bool { return !isInside(n, i, c) && !isIgnored(n, i); }
    fn touchesAlong(n: i32, i: i32, c: i32, stride: i32, extent: i32) -> bool {
      let at: i32 = (i / stride) % extent;
      if (at == 0 || at + 1 == extent) {
        if (${border}) { return true; }
      }
      if (at > 0) {
        if (isOutside(n, i - stride, c)) { return true; }
      }
      if (at + 1 < extent) {
        if (isOutside(n, i + stride, c)) { return true; }
      }
      return false;
    }
    fn touchesOutside(n: i32, i: i32, c: i32) -> bool { return ${along.join(" || ")}; }`;
}
