import type { Geometry } from "../array/geometry.ts";
import type { VoxelArray } from "../array/voxels.ts";

/** Planes [top, bottom), rows [front, back), columns [left, right) of an array. */
export interface Box {
  top: number;
  bottom: number;
  front: number;
  back: number;
  left: number;
  right: number;
}

/** Every label's bounding box, wider on each side by `margin` in units of the spacing; 0 has none. */
export function objectBoxes(objects: VoxelArray, geometry: Geometry, margin: number): Map<unknown, Box> {
  const { depth, height, width, scale, steps } = geometry;
  const boxes = new Map<unknown, Box>();
  let voxel = 0;
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++, voxel++) {
        const label = objects[voxel];
        if (!label) continue;
        const box = boxes.get(label);
        if (box === undefined) {
          boxes.set(label, { top: z, bottom: z + 1, front: y, back: y + 1, left: x, right: x + 1 });
          continue;
        }
        box.bottom = z + 1;
        box.front = Math.min(box.front, y);
        box.back = Math.max(box.back, y + 1);
        box.left = Math.min(box.left, x);
        box.right = Math.max(box.right, x + 1);
      }
    }
  }
  const [planes, rows, columns] = steps.map((step) => Math.ceil(margin / (step * scale))) as [number, number, number];
  for (const box of boxes.values()) {
    box.top = Math.max(0, box.top - planes);
    box.bottom = Math.min(depth, box.bottom + planes);
    box.front = Math.max(0, box.front - rows);
    box.back = Math.min(height, box.back + rows);
    box.left = Math.max(0, box.left - columns);
    box.right = Math.min(width, box.right + columns);
  }
  return boxes;
}

/** A box's extents on the axes that the array has. */
export function boxShape(box: Box, geometry: Geometry): number[] {
  const extents = [box.right - box.left];
  if (geometry.realHeight) extents.unshift(box.back - box.front);
  if (geometry.realDepth) extents.unshift(box.bottom - box.top);
  return extents;
}

/** Flat indices of a box's voxels, in C order. */
export function voxelsIn(box: Box, { plane, width }: Geometry): Int32Array {
  const rows = (box.bottom - box.top) * (box.back - box.front);
  const voxels = new Int32Array(rows * (box.right - box.left));
  let i = 0;
  for (let z = box.top; z < box.bottom; z++) {
    for (let y = box.front; y < box.back; y++) {
      for (let x = box.left; x < box.right; x++) voxels[i++] = z * plane + y * width + x;
    }
  }
  return voxels;
}
