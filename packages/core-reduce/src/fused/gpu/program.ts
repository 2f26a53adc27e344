import type { TensorInfo } from "@tensorflow/tfjs-core";

/** A program for a graphics processor, in the language of `shader-language.ts`. */
export interface Program {
  /** Names the text: programs of one name have the same. */
  readonly name: string;
  /** Defines `fn valueAt(n: i32, i: i32, c: i32)`, which gives a `f32`, or a `vec4<f32>` where `width` is 4. */
  readonly source: string;
  /** How many values there are along n, i and c. */
  readonly shape: readonly [number, number, number];
  /** How many numbers a value is. */
  readonly width: 1 | 4;
  /** Read as `getName(...)` with as many indices as there are axes; all of them must be read. */
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  /** Whether the input, the only one, is a result four numbers wide, read as `wideAt(n, i, c)`. */
  readonly readsWide?: boolean;
  /** Read as `uniforms.name`: `i32`. */
  readonly integers: Readonly<Record<string, number>>;
  /** Read as `uniforms.name`: `f32`. */
  readonly floats?: Readonly<Record<string, number>>;
}

/** The sizes of three axes. */
export type Triple = readonly [number, number, number];

/** Something that runs programs. */
export interface Gpu {
  /** The values in a tensor `shape`; where they are four numbers wide, in a form that only a program which `readsWide` can read. */
  run(program: Program): TensorInfo;
  /** Says that a result is needed no longer. */
  dispose(result: TensorInfo): void;
}
