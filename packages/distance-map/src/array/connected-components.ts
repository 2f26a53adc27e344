import { createGeometry, describe, type Geometry, type Shape } from "./geometry.ts";
import { checkNames, expectOne } from "./options.ts";
import { checkRoom, checkVoxels, type VoxelArray } from "./voxels.ts";

/** Options of {@link connectedComponents}. */
export interface ComponentOptions {
  /** Neighbours share a face (4 in an image, 6 in a volume), or a face, edge or corner (8, 26). @defaultValue "face" */
  connectivity?: "face" | "corner";
  /** A caller's array for the labels. @defaultValue a new array */
  out?: Int32Array;
}

/** The components of a mask. */
export interface Components {
  /** 0 on the background, 1 to `count` in the order in which the components' first voxels come. */
  readonly labels: Int32Array;
  /** How many there are. */
  readonly count: number;
}

/**
 * Numbers the connected components of a mask's foreground: $l_i = l_j > 0$ where a path of neighbours leads from i to j within the mask.
 *
 * @param mask As in {@link distanceTransform}.
 * @param shape As in {@link distanceTransform}.
 * @param options See {@link ComponentOptions}.
 * @returns the number of its component for each voxel, from 1 in C order of their first voxels, 0 on the background; and their count.
 * @throws Error on a length unlike the shape, more than three axes, a spacing that is not positive, or an unknown option.
 * @example
 * ```ts
 * import { connectedComponents } from "@lossary/distance-map/array";
 *
 * console.log(connectedComponents([1, 0, 1, 1], [4]).labels.join(" ")); // 1 0 2 2
 * ```
 */
export function connectedComponents(mask: VoxelArray, shape: Shape, options: ComponentOptions = {}): Components {
  const who = "connectedComponents";
  checkNames(who, options, ["connectivity", "out"]);
  const geometry = createGeometry(who, shape);
  const { voxels } = geometry;
  const { connectivity = "face", out: labels = new Int32Array(voxels) } = options;
  expectOne(who, "connectivity", connectivity, ["face", "corner"]);
  checkVoxels(who, "mask", mask, voxels);
  if (!(labels instanceof Int32Array))
    throw new TypeError(`${who}: out must be an Int32Array (got ${describe(labels)})`);
  checkRoom(who, labels, voxels, mask);

  // first every voxel points to an earlier voxel of its component, plus 1; a root points to itself
  joinNeighbours(mask, labels, geometry, connectivity === "corner");
  let count = 0;
  for (let i = 0; i < voxels; i++) {
    const parent = labels[i] as number;
    // earlier voxels are numbered already, so that a negative label waits behind every pointer
    if (parent === i + 1) labels[i] = -++count;
    else if (parent !== 0) labels[i] = labels[parent - 1] as number;
  }
  for (let i = 0; i < voxels; i++) if (labels[i] !== 0) labels[i] = -(labels[i] as number);
  return { labels, count };
}

function joinNeighbours(mask: VoxelArray, parents: Int32Array, geometry: Geometry, corner: boolean): void {
  const { depth, height, width, plane } = geometry;
  const earlier = earlierNeighbours(corner);
  for (let z = 0, i = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        parents[i] = 0;
        if (!mask[i]) continue;
        parents[i] = i + 1;
        for (const [dz, dy, dx] of earlier) {
          const inside = z + dz >= 0 && y + dy >= 0 && y + dy < height && x + dx >= 0 && x + dx < width;
          if (!inside) continue;
          const neighbour = i + dz * plane + dy * width + dx;
          if (parents[neighbour] !== 0) join(parents, i, neighbour);
        }
      }
    }
  }
}

type Offset = readonly [dz: number, dy: number, dx: number];

/** Offsets of the neighbours that come before a voxel in C order. */
function earlierNeighbours(corner: boolean): Offset[] {
  const offsets: Offset[] = [];
  for (const dz of [-1, 0]) {
    for (const dy of [-1, 0, 1]) {
      for (const dx of [-1, 0, 1]) {
        const before = dz < 0 || dy < 0 || (dy === 0 && dx < 0);
        const face = Math.abs(dz) + Math.abs(dy) + Math.abs(dx) === 1;
        const own = dz === 0 && (dy > 0 || (dy === 0 && dx >= 0));
        if (before && !own && (corner || face)) offsets.push([dz, dy, dx]);
      }
    }
  }
  return offsets;
}

function join(parents: Int32Array, a: number, b: number): void {
  const first = rootOf(parents, a);
  const second = rootOf(parents, b);
  if (first < second) parents[second] = first + 1;
  else parents[first] = second + 1;
}

/** The root of a voxel; every second voxel on the way is pointed further, which keeps the ways short. */
function rootOf(parents: Int32Array, voxel: number): number {
  let at = voxel;
  while (parents[at] !== at + 1) {
    parents[at] = parents[(parents[at] as number) - 1] as number;
    at = (parents[at] as number) - 1;
  }
  return at;
}
