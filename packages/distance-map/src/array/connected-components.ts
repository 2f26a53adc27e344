import { firstOf, joinTouchingRuns, type Runs, runsOf } from "./component-runs.ts";
import { createGeometry, describe, type Shape } from "./geometry.ts";
import { checkNames, expectOne } from "./options.ts";
import { checkRoom, checkVoxels, type VoxelArray } from "./voxels.ts";

/** The largest number of a component. */
const most = 2 ** 31 - 1;

/** Options of {@link connectedComponents}. */
export interface ComponentOptions {
  /** Neighbours share a face (4 in an image, 6 in a volume), or a face, edge or corner (8, 26). @defaultValue "face" */
  connectivity?: "face" | "corner";
  /** Of what: of the foreground, or of each value but 0 alone, as of class indices. @defaultValue "foreground" */
  of?: "foreground" | "values";
  /** How many components are numbered already, as those of the images of a batch before this one. @defaultValue 0 */
  after?: number;
  /** A caller's array for the labels. @defaultValue a new array */
  out?: Int32Array;
}

/** The components of a mask, or of values. */
export interface Components {
  /** 0 on the background, 1 to `count` (and `after` more) in the order in which the components' first voxels come. */
  readonly labels: Int32Array;
  /** How many there are. */
  readonly count: number;
  /** The first voxel of each. */
  readonly firsts: readonly number[];
}

/**
 * Numbers the connected components of a mask's foreground: $l_i = l_j > 0$ where a path of neighbours leads from i to j within the mask, or, of
 * values, within the voxels of one value.
 *
 * @param mask As in {@link distanceTransform}.
 * @param shape As in {@link distanceTransform}.
 * @param options See {@link ComponentOptions}.
 * @returns the number of its component for each voxel, from 1 in C order of their first voxels, 0 on the background; their count; and where
 * each begins.
 * @throws Error on a length unlike the shape, more than three axes, a spacing that is not positive, or an unknown option.
 * @example
 * ```ts
 * import { connectedComponents } from "@lossary/distance-map/array";
 *
 * console.log(connectedComponents([1, 0, 1, 1], [4]).labels.join(" ")); // 1 0 2 2
 * console.log(connectedComponents([1, 0, 1, 7], [4], { of: "values" }).labels.join(" ")); // 1 0 2 3
 * ```
 */
export function connectedComponents(mask: VoxelArray, shape: Shape, options: ComponentOptions = {}): Components {
  const who = "connectedComponents";
  checkNames(who, options, ["after", "connectivity", "of", "out"]);
  const geometry = createGeometry(who, shape);
  const { voxels } = geometry;
  const { connectivity = "face", of = "foreground", after = 0, out: labels = new Int32Array(voxels) } = options;
  expectOne(who, "connectivity", connectivity, ["face", "corner"]);
  expectOne(who, "of", of, ["foreground", "values"]);
  if (!Number.isInteger(after) || after < 0 || after > most - voxels) {
    throw new RangeError(`${who}: after must be an integer from 0 to ${most - voxels} (got ${describe(after)})`);
  }
  checkVoxels(who, "mask", mask, voxels);
  if (!(labels instanceof Int32Array))
    throw new TypeError(`${who}: out must be an Int32Array (got ${describe(labels)})`);
  checkRoom(who, labels, voxels, mask);

  const runs = runsOf(mask, geometry, of === "values");
  joinTouchingRuns(runs, geometry, connectivity === "corner");
  labels.fill(0);
  const firsts = numberInOrder(runs, labels, after);
  return { labels, count: firsts.length, firsts };
}

/** Fills the numbers, and says where each component begins: runs stand in C order, and the root of a component is its first. */
function numberInOrder(runs: Runs, labels: Int32Array, after: number): number[] {
  const numbers = new Int32Array(runs.count);
  const firsts: number[] = [];
  for (let run = 0; run < runs.count; run++) {
    const [start, root] = [runs.starts[run] as number, firstOf(runs, run)];
    if (root === run) numbers[run] = after + firsts.push(start);
    const number = numbers[root] as number;
    numbers[run] = number;
    labels.fill(number, start, runs.ends[run]);
  }
  return firsts;
}
