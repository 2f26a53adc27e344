import { createEnvelope } from "./envelope.ts";
import type { Geometry } from "./geometry.ts";
import { transformLabelLine, transformMaskLine } from "./lines.ts";
import type { Finish, Settings } from "./options.ts";
import {
  OUTSIDE_IS_BACKGROUND,
  OUTSIDE_IS_OPEN,
  returnLabels,
  returnMask,
  type Steps,
  sweepLabels,
  sweepMask,
} from "./scan.ts";
import type { Transform } from "./transform.ts";
import { bytesOf, createLabelReader, readMask, type VoxelArray } from "./voxels.ts";

/** Columns that are gathered together: a cache line of doubles. */
const TILE = 8;

/**
 * The transform in plain TypeScript. The slowest axis is scanned first, forwards, into the lower half of the output;
 * then plane after plane, backwards, each plane's other two axes are finished in a slab of doubles. So the scan never
 * reads what the result has overwritten, and nothing but the output is as large as the volume.
 */
export function createPortableTransform(geometry: Geometry, settings: Settings): Transform {
  const { depth, height, width, plane, realDepth, realHeight, steps: lengths } = geometry;
  const outside = settings.border && realDepth;
  const columns = realHeight && (height > 1 || settings.border);
  const wide = depth > 65534;
  const far = wide ? 0x7ffffffe : 65535;
  const carry: Steps = wide ? new Uint32Array(plane) : new Uint16Array(plane);
  const values = new Float64Array(plane);
  const envelope = createEnvelope(Math.max(height, width));
  const tile = new Float64Array(columns ? TILE * height : 0);
  let labelTile = new Int32Array(0);
  let labels: [Int32Array, Int32Array] | undefined;
  let bytes: Uint8Array | undefined;
  let steps: Steps | undefined;

  const stepsIn = (out: Float32Array): Steps => {
    if (steps?.buffer !== out.buffer || steps.byteOffset !== out.byteOffset) {
      const Type = wide ? Uint32Array : Uint16Array;
      steps = new Type(out.buffer as ArrayBuffer, out.byteOffset, geometry.voxels);
    }
    return steps;
  };

  const heights = (): void => {
    const weight = lengths[0] * lengths[0];
    for (let i = 0; i < plane; i++) {
      const count = carry[i] as number;
      values[i] = count === far ? Infinity : weight * count * count;
    }
  };

  const transformMask = (source: VoxelArray, out: Float32Array, end: Finish): void => {
    const scan = stepsIn(out);
    const mask = bytesOf(source);
    if (mask === undefined) bytes ??= new Uint8Array(plane);
    for (let z = 0; z < depth; z++) {
      const at = z * plane;
      const before = z > 0 ? at - plane : outside ? OUTSIDE_IS_BACKGROUND : OUTSIDE_IS_OPEN;
      if (mask !== undefined) {
        sweepMask(scan, at, before, mask, at, plane, far);
      } else {
        readMask(source, at, at + plane, bytes as Uint8Array);
        sweepMask(scan, at, before, bytes as Uint8Array, 0, plane, far);
      }
    }
    carry.fill(outside ? 0 : far);
    for (let z = depth - 1; z >= 0; z--) {
      returnMask(scan, z * plane, carry, plane);
      heights();
      if (columns) maskColumns();
      const weight = lengths[2] * lengths[2];
      for (let row = 0; row < plane; row += width) {
        transformMaskLine(values, row, row + width, settings.border, weight, envelope);
      }
      finish(values, out, z * plane, plane, geometry.scale, end);
    }
  };

  const maskColumns = (): void => {
    const weight = lengths[1] * lengths[1];
    for (let x = 0; x < width; x += TILE) {
      const count = Math.min(TILE, width - x);
      gather(values, x, count, height, width, tile);
      for (let c = 0; c < count; c++) {
        transformMaskLine(tile, c * height, (c + 1) * height, settings.border, weight, envelope);
      }
      scatter(tile, x, count, height, width, values);
    }
  };

  const transformLabels = (source: VoxelArray, out: Float32Array, end: Finish, sides: boolean): void => {
    const scan = stepsIn(out);
    labels ??= [new Int32Array(plane), new Int32Array(plane)];
    let [here, other] = labels;
    const read = createLabelReader(source, sides);
    for (let z = 0; z < depth; z++) {
      const at = z * plane;
      read(at, at + plane, here);
      const before = z > 0 ? at - plane : outside ? OUTSIDE_IS_BACKGROUND : OUTSIDE_IS_OPEN;
      sweepLabels(scan, at, before, here, other, plane, far);
      [here, other] = [other, here];
    }
    carry.fill(far);
    // beyond the last plane stands background, or, where nothing does, that plane's own labels again
    if (outside) other.fill(0);
    else read((depth - 1) * plane, depth * plane, other);
    for (let z = depth - 1; z >= 0; z--) {
      read(z * plane, (z + 1) * plane, here);
      returnLabels(scan, z * plane, carry, here, other, plane);
      heights();
      if (columns) labelColumns(here);
      const weight = lengths[2] * lengths[2];
      for (let row = 0; row < plane; row += width) {
        transformLabelLine(values, here, row, row + width, settings.border, weight, envelope);
      }
      finish(values, out, z * plane, plane, geometry.scale, end);
      [here, other] = [other, here];
    }
  };

  const labelColumns = (here: Int32Array): void => {
    if (labelTile.length === 0) labelTile = new Int32Array(TILE * height);
    const weight = lengths[1] * lengths[1];
    for (let x = 0; x < width; x += TILE) {
      const count = Math.min(TILE, width - x);
      gather(values, x, count, height, width, tile);
      gather(here, x, count, height, width, labelTile);
      for (let c = 0; c < count; c++) {
        transformLabelLine(tile, labelTile, c * height, (c + 1) * height, settings.border, weight, envelope);
      }
      scatter(tile, x, count, height, width, values);
    }
  };

  return { backend: "typescript", transformMask, transformLabels };
}

type Numbers = Float64Array | Int32Array;

/** Columns [x, x + count) of a plane, each contiguous in `tile`. */
function gather(plane: Numbers, x: number, count: number, height: number, width: number, tile: Numbers): void {
  for (let y = 0; y < height; y++) {
    for (let c = 0; c < count; c++) tile[c * height + y] = plane[y * width + x + c] as number;
  }
}

function scatter(
  tile: Float64Array,
  x: number,
  count: number,
  height: number,
  width: number,
  plane: Float64Array,
): void {
  for (let y = 0; y < height; y++) {
    for (let c = 0; c < count; c++) plane[y * width + x + c] = tile[c * height + y] as number;
  }
}

/** Squared distances in steps to the result; a square root costs more than the test that skips the zeros. */
function finish(values: Float64Array, out: Float32Array, at: number, size: number, scale: number, end: Finish): void {
  const { squared, cap, nothing } = end;
  const factor = squared ? scale * scale : scale;
  for (let i = 0; i < size; i++) {
    const value = values[i] as number;
    if (value === 0) {
      out[at + i] = 0;
    } else if (value === Infinity) {
      out[at + i] = nothing;
    } else {
      const distance = (squared ? value : Math.sqrt(value)) * factor;
      out[at + i] = Math.min(distance, cap);
    }
  }
}
