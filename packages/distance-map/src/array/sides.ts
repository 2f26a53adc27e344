import type { Geometry } from "./geometry.ts";
import { createInnerSteps, type InnerSteps } from "./inner-steps.ts";
import { expectOne, type Finish, type Settings } from "./options.ts";
import type { VoxelArray } from "./voxels.ts";

/** Options of the signed transform alone. */
export interface SignedOptions {
  /**
   * Where the distance is zero. `"between"`: between the two sides, so that values jump from -1 to 1. `"inside"`: on
   * the inner side's border voxels, by taking one step off the inner distances, as the boundary loss wants them.
   * @defaultValue "between"
   */
  zeroAt?: "between" | "inside";
}

/** The way from distances to the other side to signed ones. */
export interface Sides {
  /** How the distances must be finished before. */
  readonly unsigned: Finish;
  apply(mask: VoxelArray, out: Float32Array): void;
}

/** @returns the signed part of a plan. */
export function createSides(who: string, geometry: Geometry, settings: Settings, options: SignedOptions): Sides {
  const { zeroAt = "between" } = options;
  expectOne(who, "zeroAt", zeroAt, ["between", "inside"]);
  if (zeroAt === "inside" && settings.squared) {
    throw new TypeError(`${who}: zeroAt "inside" takes a step off distances, so squared must be false`);
  }
  // the inner side loses a step after this, so the cap comes last
  const unsigned: Finish = { squared: settings.squared, cap: Infinity, nothing: Infinity };
  const equal = geometry.spacing.every((step) => step === geometry.scale);
  let inner: InnerSteps | undefined;

  const apply = (mask: VoxelArray, out: Float32Array): void => {
    const ownSteps = zeroAt === "inside" && !equal;
    if (ownSteps) {
      inner ??= createInnerSteps(geometry, settings.border);
      inner.find(mask);
    }
    const step = zeroAt === "inside" ? geometry.scale : 0;
    for (let i = 0; i < geometry.voxels; i++) {
      const distance = out[i] as number;
      const away = distance === Infinity ? settings.nothing : distance;
      if (!mask[i]) {
        out[i] = Math.min(away, settings.cap);
      } else if (distance === Infinity) {
        // 0 - x, for -0 is not a distance
        out[i] = 0 - away;
      } else {
        out[i] = 0 - Math.min(ownSteps && inner ? inner.distance(i) : away - step, settings.cap);
      }
    }
  };
  return { unsigned, apply };
}
