import type { Simd } from "./simd-tiles.ts";
import type { Windows } from "./window.ts";

/** A block of an image in the module's memory. */
export interface Block {
  /** Where its arrays begin, in bytes. */
  readonly arrays: readonly number[];
  /** How large each of them is, padded to whole groups of four numbers. */
  readonly bytes: number;
  /** The window's axes: how far a step is, how long a line, how much there is of lines. */
  readonly axes: readonly { readonly stride: number; readonly line: number; readonly bytes: number }[];
}

/** How the work is done. */
interface Work {
  readonly read: readonly Float32Array[];
  readonly result: Float32Array;
  /** How many arrays a block needs: those that are read, and room. The result is the last. */
  readonly arrays: number;
  /** How far results depend on what is around, in steps. */
  readonly reach: number;
  readonly run: (block: Block) => void;
}

/** A part of an axis, and with what is around it. */
interface Part {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly end: number;
}

/**
 * Works on an image block by block, each with the voxels around it that its results depend on, so that windows need nothing else. Blocks are cut along the first
 * two axes. False where not even the smallest fits into the module's memory, and nothing is done.
 */
export function eachBlock(simd: Simd, windows: Windows, work: Work): boolean {
  const { batch, classes, spatial, axes } = windows;
  const [rows = 1, columns = 1] = spatial;
  const behind = (axis: number) => spatial.slice(axis + 1).reduce((size, side) => size * side, classes);
  const inner = behind(1);
  const first = simd.at.predictions;
  const capacity = Math.min(Math.floor((simd.floats.length - first) / work.arrays) & ~3, simd.largestTile);
  const around = [0, 1].map((axis) => (axes.includes(axis) ? work.reach : 0)) as [number, number];
  const sides = sidesOf(Math.floor(capacity / inner), [rows, columns], around);
  if (sides === undefined) return false;
  const arrays = Array.from({ length: work.arrays }, (_, index) => first + index * capacity);
  const [alongRows, alongColumns] = [partsOf(rows, sides[0], around[0]), partsOf(columns, sides[1], around[1])];
  for (let sample = 0; sample < batch; sample++) {
    for (const row of alongRows) {
      for (const column of alongColumns) {
        const width = (column.end - column.first) * inner;
        const size = (row.end - row.first) * width;
        const place = (y: number, x: number) => ((sample * rows + y) * columns + x) * inner;
        for (const [index, values] of work.read.entries()) {
          const at = arrays[index] as number;
          // whole rows stand behind each other
          const [step, length] = width === columns * inner ? [row.end - row.first, size] : [1, width];
          for (let y = row.first; y < row.end; y += step) {
            const from = place(y, column.first);
            simd.floats.set(values.subarray(from, from + length), at + (y - row.first) * width);
          }
        }
        work.run({
          arrays: arrays.map((at) => 4 * at),
          bytes: 16 * Math.ceil(size / 4),
          axes: axes.map((axis) => {
            const stride = axis === 0 ? width : behind(axis);
            const side = axis === 0 ? row.end - row.first : axis === 1 ? column.end - column.first : spatial[axis];
            return { stride: 4 * stride, line: 4 * stride * (side as number), bytes: 4 * size };
          }),
        });
        const at = arrays.at(-1) as number;
        for (let y = row.from; y < row.to; y++) {
          const from = at + (y - row.first) * width + (column.from - column.first) * inner;
          const values = simd.floats.subarray(from, from + (column.to - column.from) * inner);
          work.result.set(values, place(y, column.from));
        }
      }
    }
  }
  return true;
}

/** Below this, whole rows would be read again and again for what is around them. */
const fewRows = 16;

/** How many rows and columns a block takes, those around it counted; nothing where a voxel and what is around it are more than fit. */
function sidesOf(
  places: number,
  [rows, columns]: readonly [number, number],
  [above, beside]: readonly [number, number],
): [number, number] | undefined {
  const isWhole = columns * Math.min(rows, fewRows) <= places;
  const width = isWhole ? columns : Math.min(columns, Math.floor(Math.sqrt(places)));
  const height = Math.min(rows, Math.floor(places / width));
  const isFitting = (side: number, all: number, around: number) => side === all || side > 2 * around;
  return isFitting(height, rows, above) && isFitting(width, columns, beside) ? [height, width] : undefined;
}

function partsOf(all: number, side: number, around: number): Part[] {
  if (side === all) return [{ from: 0, to: all, first: 0, end: all }];
  const step = side - 2 * around;
  return Array.from({ length: Math.ceil(all / step) }, (_, index) => {
    const [from, to] = [index * step, Math.min(all, (index + 1) * step)];
    return { from, to, first: Math.max(0, from - around), end: Math.min(all, to + around) };
  });
}
