// Between tiles, where the classes of a voxel stand side by side, and planes, where the voxels of a class do.
import { classes, plane } from "./memory";

/** A number that is known when the module is compiled: `offsetof` of a class of that many bytes. */
@unmanaged export class One { a: u8; }
@unmanaged export class Two { a: u8; b: u8; }
@unmanaged export class Three { a: u8; b: u8; c: u8; }
@unmanaged export class Four { a: u8; b: u8; c: u8; d: u8; }

/** Takes `bytes` of each plane out of a tile; what the mask `keep` leaves out becomes 0. */
export function separate(from: usize, to: usize, bytes: usize, keep: usize): void {
  if (classes == 1) separateFew<One>(from, to, bytes, keep);
  else if (classes == 2) separateFew<Two>(from, to, bytes, keep);
  else if (classes == 3) separateFew<Three>(from, to, bytes, keep);
  else if (classes == 4) separateFew<Four>(from, to, bytes, keep);
  else separateMany(from, to, bytes, keep);
}

/** Puts `bytes` of each plane into a tile. */
export function join(from: usize, to: usize, bytes: usize): void {
  if (classes == 1) joinFew<One>(from, to, bytes);
  else if (classes == 2) joinFew<Two>(from, to, bytes);
  else if (classes == 3) joinFew<Three>(from, to, bytes);
  else if (classes == 4) joinFew<Four>(from, to, bytes);
  else joinMany(from, to, bytes, <usize>classes << 2);
}

// @ts-ignore: decorator
@inline
function separateFew<N>(from: usize, to: usize, bytes: usize, keep: usize): void {
  const stride = plane;
  for (let at: usize = 0; at < bytes; at += 16) {
    const kept = v128.load(keep + at);
    const a = v128.load(from);
    if (offsetof<N>() == 1) {
      v128.store(to + at, v128.and(a, kept));
    } else if (offsetof<N>() == 2) {
      const b = v128.load(from, 16);
      v128.store(to + at, v128.and(v128.shuffle<f32>(a, b, 0, 2, 4, 6), kept));
      v128.store(to + at + stride, v128.and(v128.shuffle<f32>(a, b, 1, 3, 5, 7), kept));
    } else if (offsetof<N>() == 3) {
      const b = v128.load(from, 16);
      const c = v128.load(from, 32);
      // a = x0 y0 z0 x1, b = y1 z1 x2 y2, c = z2 x3 y3 z3
      const x = v128.shuffle<f32>(v128.shuffle<f32>(a, b, 0, 3, 6, 6), c, 0, 1, 2, 5);
      const y = v128.shuffle<f32>(v128.shuffle<f32>(a, b, 1, 4, 7, 7), c, 0, 1, 2, 6);
      const z = v128.shuffle<f32>(v128.shuffle<f32>(a, b, 2, 5, 5, 5), c, 0, 1, 4, 7);
      v128.store(to + at, v128.and(x, kept));
      v128.store(to + at + stride, v128.and(y, kept));
      v128.store(to + at + 2 * stride, v128.and(z, kept));
    } else {
      separateQuad(from, to + at, 16, stride, kept);
    }
    from += 16 * offsetof<N>();
  }
}

function separateMany(from: usize, to: usize, bytes: usize, keep: usize): void {
  const stride = plane;
  const voxel = <usize>classes << 2;
  const quads = classes & ~3;
  for (let at: usize = 0; at < bytes; at += 16) {
    const kept = v128.load(keep + at);
    let plus: usize = to + at;
    let value = from;
    let label = 0;
    for (; label < quads; label += 4) {
      separateQuad(value, plus, voxel, stride, kept);
      value += 16;
      plus += 4 * stride;
    }
    for (; label < classes; label++) {
      let numbers = v128.load32_splat(value);
      numbers = v128.load_lane<f32>(value + voxel, numbers, 1);
      numbers = v128.load_lane<f32>(value + 2 * voxel, numbers, 2);
      numbers = v128.load_lane<f32>(value + 3 * voxel, numbers, 3);
      v128.store(plus, v128.and(numbers, kept));
      value += 4;
      plus += stride;
    }
    from += 4 * voxel;
  }
}

/** Four classes of four voxels. */
// @ts-ignore: decorator
@inline
function separateQuad(from: usize, to: usize, voxel: usize, stride: usize, kept: v128): void {
  const a = v128.load(from);
  const b = v128.load(from + voxel);
  const c = v128.load(from + 2 * voxel);
  const d = v128.load(from + 3 * voxel);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.and(v128.shuffle<f64>(ab, cd, 0, 2), kept));
  v128.store(to + stride, v128.and(v128.shuffle<f64>(ab, cd, 1, 3), kept));
  v128.store(to + 2 * stride, v128.and(v128.shuffle<f64>(abHigh, cdHigh, 0, 2), kept));
  v128.store(to + 3 * stride, v128.and(v128.shuffle<f64>(abHigh, cdHigh, 1, 3), kept));
}

// @ts-ignore: decorator
@inline
function joinFew<N>(from: usize, to: usize, bytes: usize): void {
  const stride = plane;
  for (let at: usize = 0; at < bytes; at += 16) {
    const x = v128.load(from + at);
    if (offsetof<N>() == 1) {
      v128.store(to, x);
    } else if (offsetof<N>() == 2) {
      const y = v128.load(from + at + stride);
      v128.store(to, v128.shuffle<f32>(x, y, 0, 4, 1, 5));
      v128.store(to, v128.shuffle<f32>(x, y, 2, 6, 3, 7), 16);
    } else if (offsetof<N>() == 3) {
      const y = v128.load(from + at + stride);
      const z = v128.load(from + at + 2 * stride);
      const xy = v128.shuffle<f32>(x, y, 0, 4, 1, 5);
      const xyHigh = v128.shuffle<f32>(x, y, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f32>(xy, z, 0, 1, 4, 2));
      v128.store(to, v128.shuffle<f32>(v128.shuffle<f32>(xy, z, 3, 5, 3, 5), xyHigh, 0, 1, 4, 5), 16);
      v128.store(to, v128.shuffle<f32>(xyHigh, z, 6, 2, 3, 7), 32);
    } else {
      joinQuad(from + at, to, 16, stride);
    }
    to += 16 * offsetof<N>();
  }
}

/** Of any number of classes, into voxels that begin so many bytes apart. */
export function joinMany(from: usize, to: usize, bytes: usize, voxel: usize): void {
  const stride = plane;
  const quads = classes & ~3;
  for (let at: usize = 0; at < bytes; at += 16) {
    let plus: usize = from + at;
    let value = to;
    let label = 0;
    for (; label < quads; label += 4) {
      joinQuad(plus, value, voxel, stride);
      value += 16;
      plus += 4 * stride;
    }
    for (; label < classes; label++) {
      const numbers = v128.load(plus);
      v128.store_lane<f32>(value, numbers, 0);
      v128.store_lane<f32>(value + voxel, numbers, 1);
      v128.store_lane<f32>(value + 2 * voxel, numbers, 2);
      v128.store_lane<f32>(value + 3 * voxel, numbers, 3);
      value += 4;
      plus += stride;
    }
    to += 4 * voxel;
  }
}

// @ts-ignore: decorator
@inline
export function joinQuad(from: usize, to: usize, voxel: usize, stride: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + stride);
  const c = v128.load(from + 2 * stride);
  const d = v128.load(from + 3 * stride);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f64>(ab, cd, 0, 2));
  v128.store(to + voxel, v128.shuffle<f64>(ab, cd, 1, 3));
  v128.store(to + 2 * voxel, v128.shuffle<f64>(abHigh, cdHigh, 0, 2));
  v128.store(to + 3 * voxel, v128.shuffle<f64>(abHigh, cdHigh, 1, 3));
}
