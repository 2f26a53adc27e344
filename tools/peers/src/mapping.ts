import type { ReferenceLossName, ReferenceOptions } from "@lossary/test-kit/reference";
import type { FixtureCase, FixtureRecord } from "./records.ts";

/** How a peer's number becomes ours: the function and its derivative at the peer's value. */
export interface Transform {
  readonly value: (peer: number) => number;
  readonly slope: (peer: number) => number;
}

/** A record in the library's terms. */
export interface Mapped {
  readonly loss: ReferenceLossName;
  readonly options: ReferenceOptions;
  /** How our number follows from the peer's; the same number when left out. */
  readonly transform?: Transform;
  /** Targets, when they are not the record's own. */
  readonly labels?: Float64Array | Int32Array;
  /** The shape, when it is not the case's own: the same numbers in the same order. */
  readonly shape?: readonly number[];
  /** The predictions, when they are not the logits, and the derivative of each by its logit (one channel). */
  readonly predictions?: Float64Array;
  readonly chain?: Float64Array;
  /** How far our value may be off, when the peer's formula carries an epsilon that ours has not. */
  readonly tolerance?: number;
  /** Our voxel map from the peer's `[batch, classes, ...spatial]`, which has no gradient that ours can be asked for. */
  readonly channelMap?: "sum" | "mean";
  /** Why the gradient is not compared. */
  readonly noGradient?: string;
}

/** A record that is not compared, with the reason. */
export interface Omitted {
  readonly omit: string;
}

/** A suite's dictionary: a record and its case to the library's terms. */
export type SuiteMapping = (record: FixtureRecord, fixture: FixtureCase) => Mapped | Omitted;

/** ours = scale x peer + offset. */
export function affine(scale: number, offset = 0): Transform {
  return { value: (peer) => scale * peer + offset, slope: () => scale };
}

/** ours = peer^(1/exponent): undoes a power after the mean. */
export function undoPower(exponent: number): Transform {
  return { value: (peer) => peer ** (1 / exponent), slope: (peer) => peer ** (1 / exponent - 1) / exponent };
}

/** Options without the entries that are undefined. */
export function given(
  options: { [Name in keyof ReferenceOptions]: ReferenceOptions[Name] | undefined },
): ReferenceOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** The voxels of one sample. */
export function voxelsOf(fixture: FixtureCase): number {
  return fixture.labels.length / (fixture.shape[0] as number);
}

/** G of each class, over the batch or one sample. */
export function labelled(fixture: FixtureCase, sample?: number): number[] {
  const { classes } = fixture;
  const batch = fixture.shape[0] as number;
  const voxels = voxelsOf(fixture);
  return Array.from({ length: classes }, (_, c) => {
    let sum = 0;
    for (let n = 0; n < batch; n++) {
      if (sample !== undefined && n !== sample) continue;
      for (let i = 0; i < voxels; i++) sum += fixture.onehot[(n * classes + c) * voxels + i] as number;
    }
    return sum;
  });
}
