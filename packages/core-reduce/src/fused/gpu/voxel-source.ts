import type { Activation } from "../../loss.ts";

/** What a program over voxels is made for. */
export interface VoxelSource {
  /** Nothing where no predictions are read. */
  readonly activation: Activation | undefined;
  readonly labels: "dense" | "indices" | "none";
  readonly weighted: boolean;
  readonly classes: number;
}

/** Up to here the number of classes is part of a program, whose loops are then unrolled. */
const mostConstantClasses = 4;

/** Names everything in which the sources below differ. */
export function nameOf({ activation, labels, weighted, classes }: VoxelSource): string {
  return `${activation} ${labels} ${weighted} ${classes <= mostConstantClasses ? classes : "any"}`;
}

/** `classCount`, `weightOf` (v, and 0 where nothing else of a voxel may be read) and `labelOf`. */
export function readers({ labels, weighted, classes }: VoxelSource): string {
  const isIndexed = labels === "indices";
  const count = classes <= mostConstantClasses ? String(classes) : "uniforms.classes";
  return `
    fn classCount() -> i32 { return ${count}; }

    fn weightOf(n: i32, i: i32) -> f32 {
      let weight: f32 = ${weighted ? "getWeights(n, i)" : "1.0"};
      if (!(weight > 0.0)) { return 0.0; }
      ${isIndexed ? indexCheck : ""}
      return weight;
    }
    ${labels === "none" ? "" : isIndexed ? indexed : dense}`;
}

const indexCheck = `
      let label: f32 = getLabels(n, i);
      if (label < 0.0 || label >= f32(max(2, classCount())) || label == uniforms.ignored) { return 0.0; }`;

const dense = "fn labelOf(n: i32, i: i32, c: i32) -> f32 { return getLabels(n, i, c); }";

/** One class's indices are a mask of 0 and 1. */
const indexed = `
    fn labelOf(n: i32, i: i32, c: i32) -> f32 {
      return select(0.0, 1.0, getLabels(n, i) == f32(select(c, 1, classCount() == 1)));
    }`;
