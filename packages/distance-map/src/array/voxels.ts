import { describe } from "./geometry.ts";

/** What a mask or a label array may be: any array of integers, typed or not, or of booleans. */
export type VoxelArray =
  | Uint8Array
  | Uint8ClampedArray
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | BigUint64Array
  | BigInt64Array
  | readonly boolean[]
  | readonly number[];

const TYPED = [Uint8Array, Uint8ClampedArray, Int8Array, Uint16Array, Int16Array, Uint32Array, Int32Array];
const BIG = [BigUint64Array, BigInt64Array];

/** Throws unless `source` is an array of integers or booleans with exactly `voxels` elements. */
export function checkVoxels(who: string, what: string, source: VoxelArray, voxels: number): void {
  const known =
    Array.isArray(source) ||
    TYPED.some((type) => source instanceof type) ||
    BIG.some((type) => (source as unknown) instanceof type);
  if (!known) {
    const kind = Object.prototype.toString.call(source).slice(8, -1);
    throw new TypeError(`${who}: ${what} must be an array of integers or booleans (got ${kind})`);
  }
  if (source.length !== voxels) {
    const hint = source.length === 0 ? "; is its buffer detached?" : "";
    throw new RangeError(`${who}: ${what} must have ${voxels} elements like its shape (got ${source.length}${hint})`);
  }
  if (Array.isArray(source)) {
    for (const value of source) {
      if (typeof value !== "boolean" && !Number.isSafeInteger(value)) {
        throw new TypeError(`${who}: ${what} must hold integers or booleans (got ${describe(value)})`);
      }
    }
  }
}

/** @returns the bytes of a mask whose elements are bytes already, without a copy. */
export function bytesOf(source: VoxelArray): Uint8Array | undefined {
  if (source instanceof Uint8Array) return source;
  if (source instanceof Uint8ClampedArray || source instanceof Int8Array) {
    return new Uint8Array(source.buffer, source.byteOffset, source.length);
  }
  return undefined;
}

/** Writes 1 for every nonzero voxel of `source[from, to)` and 0 for the others into the start of `target`. */
export function readMask(source: VoxelArray, from: number, to: number, target: Uint8Array): void {
  for (let i = from; i < to; i++) target[i - from] = source[i] ? 1 : 0;
}

/** The names of no label, and of the boolean that is a label. */
const ZERO_AND_ONE: readonly (readonly [unknown, number])[] = [
  [0, 0],
  [0n, 0],
  [false, 0],
  [1, 1],
  [true, 1],
];

/** Writes a 32-bit name of every voxel's label into the start of `target`: equal labels, equal names; 0 is named 0. */
export type LabelReader = (from: number, to: number, target: Int32Array) => void;

/** @returns the reader of one volume's labels; with `sides`, foreground is 1 whatever its value. */
export function createLabelReader(source: VoxelArray, sides: boolean): LabelReader {
  if (sides) {
    return (from, to, target) => {
      for (let i = from; i < to; i++) target[i - from] = source[i] ? 1 : 0;
    };
  }
  if (!Array.isArray(source) && !BIG.some((type) => (source as unknown) instanceof type)) {
    return (from, to, target) => target.set((source as Int32Array).subarray(from, to));
  }
  // labels wider than 32 bits are named in order of appearance
  const names = new Map<unknown, number>(ZERO_AND_ONE);
  return (from, to, target) => {
    for (let i = from; i < to; i++) {
      let name = names.get(source[i]);
      if (name === undefined) {
        name = names.size;
        names.set(source[i], name);
      }
      target[i - from] = name;
    }
  };
}

/** As {@link LabelReader}, where 65 536 labels are enough. */
export type ShortLabelReader = (from: number, to: number, target: Uint16Array) => void;

/** @returns the reader of one volume's labels, or nothing where there are too many different ones. */
export function createShortLabelReader(source: VoxelArray, sides: boolean): ShortLabelReader | undefined {
  if (sides) {
    return (from, to, target) => {
      for (let i = from; i < to; i++) target[i - from] = source[i] ? 1 : 0;
    };
  }
  const typed = !Array.isArray(source) && !BIG.some((type) => (source as unknown) instanceof type);
  if (typed && ((source as Int32Array).BYTES_PER_ELEMENT < 4 || allShort(source as Int32Array))) {
    return (from, to, target) => target.set((source as Int32Array).subarray(from, to));
  }
  const names = new Map<unknown, number>(ZERO_AND_ONE);
  let last: unknown = 0;
  for (let i = 0; i < source.length; i++) {
    if (source[i] === last) continue;
    last = source[i];
    if (!names.has(last)) names.set(last, names.size);
    if (names.size > 65_536) return undefined;
  }
  return (from, to, target) => {
    for (let i = from; i < to; i++) target[i - from] = names.get(source[i]) as number;
  };
}

function allShort(source: Int32Array | Uint32Array): boolean {
  for (let i = 0; i < source.length; i++) if ((source[i] as number) >>> 0 > 65_535) return false;
  return true;
}

/** @returns `out`, checked, or a new array of `voxels` elements. */
export function outputFor(
  who: string,
  out: Float32Array | undefined,
  voxels: number,
  source: VoxelArray,
): Float32Array {
  if (out === undefined) return new Float32Array(voxels);
  if (!(out instanceof Float32Array)) {
    throw new TypeError(`${who}: out must be a Float32Array (got ${describe(out)})`);
  }
  checkRoom(who, out, voxels, source);
  return out;
}

/** Throws if `out` is too short, or shares memory with `source`, which must never change. */
export function checkRoom(who: string, out: Float32Array | Int32Array, voxels: number, source: VoxelArray): void {
  if (out.length < voxels) {
    throw new RangeError(`${who}: out must have room for ${voxels} elements (got ${out.length})`);
  }
  if (!ArrayBuffer.isView(source) || source.buffer !== out.buffer) return;
  const apart =
    source.byteOffset + source.byteLength <= out.byteOffset || out.byteOffset + out.byteLength <= source.byteOffset;
  if (!apart) throw new RangeError(`${who}: out must not share memory with the input, which stays as it is`);
}
