import type { Geometry } from "./geometry.ts";
import { createNearest } from "./nearest.ts";
import type { VoxelArray } from "./voxels.ts";

/** Inner distances less one step, where spacings differ. */
export interface InnerSteps {
  find(mask: VoxelArray): void;
  /** Distance of an inner voxel of the mask last found to its nearest background, less the voxel's own step. */
  distance(voxel: number): number;
}

/**
 * A voxel's own step is the length of one voxel on its way to the nearest background voxel: with the offset o in
 * voxels, d / |o|, which is the axis's spacing along an axis, and the spacing itself where all are equal. A voxel that
 * touches the background with a face is on the border, so its step is its whole distance, though with unequal spacing
 * a voxel farther away in steps may be nearer.
 */
export function createInnerSteps(geometry: Geometry, border: boolean): InnerSteps {
  const { voxels, plane, width, depth, height, realDepth, realHeight, steps } = geometry;
  const squares = steps.map((step) => step * step);
  const [depthSquare = 1, heightSquare = 1, widthSquare = 1] = squares;
  // of equally near voxels the one fewest steps away, so that a flip of the array changes nothing
  const tie = Math.min(...squares) * 1e-9;
  const write = createNearest(
    geometry,
    squares.map((square) => square + tie),
  );
  const nearest = new Int32Array(voxels);
  let of: VoxelArray = [];

  return {
    find(mask) {
      of = mask;
      write(mask, nearest);
    },
    distance(voxel) {
      const z = Math.floor(voxel / plane);
      const y = Math.floor((voxel % plane) / width);
      const x = voxel % width;
      const touches = (inside: boolean, neighbour: number): boolean => (inside ? !of[neighbour] : border);
      if (realDepth && (touches(z > 0, voxel - plane) || touches(z + 1 < depth, voxel + plane))) return 0;
      if (realHeight && (touches(y > 0, voxel - width) || touches(y + 1 < height, voxel + width))) return 0;
      if (touches(x > 0, voxel - 1) || touches(x + 1 < width, voxel + 1)) return 0;

      let best = Infinity;
      let count = 1;
      const consider = (dz: number, dy: number, dx: number): void => {
        const square = depthSquare * dz * dz + heightSquare * dy * dy + widthSquare * dx * dx;
        const away = dz * dz + dy * dy + dx * dx;
        if (square < best || (square === best && away < count)) {
          best = square;
          count = away;
        }
      };
      const found = nearest[voxel] as number;
      if (found >= 0) {
        consider(z - Math.floor(found / plane), y - Math.floor((found % plane) / width), x - (found % width));
      }
      if (border) {
        if (realDepth) consider(Math.min(z + 1, depth - z), 0, 0);
        if (realHeight) consider(0, Math.min(y + 1, height - y), 0);
        consider(0, 0, Math.min(x + 1, width - x));
      }
      return Math.sqrt(best) * (1 - 1 / Math.sqrt(count));
    },
  };
}
