import { createEnvelope } from "./envelope.ts";
import { finish } from "./finish.ts";
import type { Geometry } from "./geometry.ts";
import { transformLabelLine, transformMaskLine, writeMaskLine } from "./lines.ts";
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
import { createCosts, searchColumns, searchRow } from "./search.ts";
import { foundNothing, gather, gatherLabels, scatter, TILE } from "./tiles.ts";
import type { Transform } from "./transform.ts";
import { bytesOf, createLabelReader, readMask, type VoxelArray } from "./voxels.ts";

/**
 * The transform in plain TypeScript. The slowest axis is scanned first, forwards, into the lower half of the output;
 * then plane after plane, backwards, each plane's other two axes are finished in a slab of doubles. So the scan never
 * reads what the result has overwritten, and nothing but the output is as large as the volume.
 */
export function createPortableTransform(geometry: Geometry, settings: Settings): Transform {
  const { depth, height, width, plane, realDepth, realHeight, steps: lengths } = geometry;
  const outside = settings.border && realDepth;
  const columns = realHeight && (height > 1 || settings.border);
  const far = depth + 1;
  const wide = far > 65535;
  const carry: Steps = wide ? new Uint32Array(plane) : new Uint16Array(plane);
  const squares = createCosts(depth, lengths[0] * lengths[0]);
  squares[far] = Infinity;
  const columnCosts = createCosts(height, lengths[1] * lengths[1]);
  const rowCosts = createCosts(width, lengths[2] * lengths[2]);
  const values = new Float64Array(plane);
  const lowered = new Float64Array(columns ? plane : 0);
  const found = new Float64Array(width);
  // what matters to each row of a plane: squares up to the limit, steps along its columns within reach
  const limits = new Float64Array(height);
  const reaches = new Int32Array(height);
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
    limits.fill(Number.MAX_VALUE);
    reaches.fill(height);
    columnsAreFar = rowsAreFar = 0;
    for (let z = depth - 1; z >= 0; z--) {
      const nowhere = returnMask(scan, z * plane, carry, plane, squares, values);
      // a plane that has found nothing along the slowest axis is like all others
      if (nowhere && !settings.border) return void out.fill(end.nothing, 0, geometry.voxels);
      maskRows(columns ? maskColumns() : values, out, z * plane, end);
    }
  };

  /** Planes whose columns, rows that go straight to the envelope: their neighbours' searches took too many steps. */
  let columnsAreFar = 0;
  let rowsAreFar = 0;

  const maskColumns = (): Float64Array => {
    if (columnsAreFar === 0) {
      if (searchColumns(values, lowered, height, width, settings.border, columnCosts, reaches)) return lowered;
      columnsAreFar = 16;
    }
    columnsAreFar--;
    const weight = lengths[1] * lengths[1];
    const limit = limits.reduce((most, one) => Math.max(one, most));
    for (let x = 0; x < width; x += TILE) {
      if (!settings.border && foundNothing(carry, x, Math.min(TILE, width - x), height, width, far)) continue;
      const count = Math.min(TILE, width - x);
      gather(values, x, count, height, width, tile);
      for (let c = 0; c < count; c++) {
        transformMaskLine(tile, c * height, (c + 1) * height, settings.border, weight, limit, envelope);
      }
      scatter(tile, x, count, height, width, values);
    }
    return values;
  };

  const maskRows = (source: Float64Array, out: Float32Array, at: number, end: Finish): void => {
    const weight = lengths[2] * lengths[2];
    // no distance is larger than the row before this one has, and a step
    let limit = Number.MAX_VALUE;
    for (let y = 0; y < height; y++) {
      const row = y * width;
      let largest = 0;
      if (rowsAreFar === 0 && searchRow(source, row, width, settings.border, rowCosts, found)) {
        largest = finish(found, 0, out, at + row, width, geometry.scale, end);
      } else {
        rowsAreFar = rowsAreFar === 0 ? 16 : rowsAreFar - 1;
        limit = Math.min(limit, limits[y] as number);
        largest = writeMaskLine(
          source,
          row,
          row + width,
          settings.border,
          weight,
          limit,
          envelope,
          out,
          at + row,
          geometry.scale,
          end,
        );
      }
      // the same row of the next plane finds all that matters to it within a step more along the slowest axis
      const distance = (Math.sqrt(largest) + lengths[0]) * (1 + 1e-9);
      limits[y] = Math.min(distance * distance, Number.MAX_VALUE);
      reaches[y] = Math.min(height, Math.floor(distance / lengths[1]) + 1);
      limit = Math.min(((Math.sqrt(largest) + lengths[1]) * (1 + 1e-9)) ** 2, Number.MAX_VALUE);
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
      returnLabels(scan, z * plane, carry, here, other, plane, squares, values);
      if (columns) labelColumns(here);
      const weight = lengths[2] * lengths[2];
      for (let row = 0; row < plane; row += width) {
        transformLabelLine(values, here, row, row + width, settings.border, weight, envelope);
      }
      finish(values, 0, out, z * plane, plane, geometry.scale, end);
      [here, other] = [other, here];
    }
  };

  const labelColumns = (here: Int32Array): void => {
    if (labelTile.length === 0) labelTile = new Int32Array(TILE * height);
    const weight = lengths[1] * lengths[1];
    for (let x = 0; x < width; x += TILE) {
      const count = Math.min(TILE, width - x);
      gather(values, x, count, height, width, tile);
      gatherLabels(here, x, count, height, width, labelTile);
      for (let c = 0; c < count; c++) {
        transformLabelLine(tile, labelTile, c * height, (c + 1) * height, settings.border, weight, envelope);
      }
      scatter(tile, x, count, height, width, values);
    }
  };

  return { backend: "typescript", transformMask, transformLabels };
}
