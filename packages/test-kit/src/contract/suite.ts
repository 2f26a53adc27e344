import type { AnyLoss } from "../evaluate.ts";
import type { ReferenceInput, ReferenceLoss } from "../reference.ts";
import type { RecordedCall } from "./records.ts";

/** What the contract must know about a loss to test it. */
export interface LossUnderTest {
  /** The name under which the loss is exported. */
  readonly name: string;
  /** The loss itself, as it is exported. */
  readonly loss: AnyLoss;
  /** The same loss in float64. */
  readonly reference: ReferenceLoss;
  /** What `reduction: "none"` gives: one number a (sample, class), or one a voxel. */
  readonly unreduced: "classes" | "voxels";
  /** The shared options beyond the common ones that the loss takes. */
  readonly family: "ratio" | "distribution" | "shared";
  /** Sets of the loss's own options; every set is tested. At least one, which may be empty. */
  readonly variants: readonly object[];
  /** Options under which the loss can be called at all, for the corners; merged below each variant.
   * @defaultValue nothing */
  readonly required?: object;
  /** Calls whose numbers are known from elsewhere.
   * @defaultValue none */
  readonly records?: readonly RecordedCall[];
  /** Numbers of spatial axes that the loss takes.
   * @defaultValue `[1, 2, 3]` */
  readonly ranks?: readonly number[];
  /** Numbers of classes that the loss takes.
   * @defaultValue `[1, 2, 3, 4]` */
  readonly classes?: readonly number[];
  /** Kinds of target that the loss takes.
   * @defaultValue all */
  readonly targets?: readonly TargetKind[];
  /** Activations that the loss takes.
   * @defaultValue all */
  readonly activations?: readonly ("none" | "softmax" | "sigmoid")[];
  /** Shared options that the loss refuses; the contract leaves them out.
   * @defaultValue none */
  readonly without?: readonly string[];
  /** Combinations of options that the loss refuses, and calls at a kink, where a difference quotient means nothing; the generator leaves them out.
   * @defaultValue none */
  readonly refuses?: (options: Readonly<Record<string, unknown>>, call: ReferenceInput) => boolean;
  /** Whether the order of the voxels matters to the loss.
   * @defaultValue `false` */
  readonly spatial?: boolean;
  /** Whether `multiLabel: true` goes with softmax, in a loss that is per channel by definition.
   * @defaultValue `false` */
  readonly independentChannels?: boolean;
  /** Whether the perfect prediction costs 0 and nothing costs less.
   * @defaultValue `true` */
  readonly zeroAtPerfect?: boolean;
  /** Whether it teaches a mask alone; if not, it needs a `partner`, or a learning test of its own.
   * @defaultValue `true` */
  readonly teachesAlone?: boolean;
  /** A loss in sum with which it must teach a mask, too.
   * @defaultValue none */
  readonly partner?: AnyLoss | undefined;
  /** Whether class weights of 1 are what the loss has without any.
   * @defaultValue `true` */
  readonly unitClassWeights?: boolean;
  /** Options that the learning test trains with, beside softmax or sigmoid.
   * @defaultValue the first variant */
  readonly learning?: object;
  /** Steps of Adam at 0.2 within which one linear layer must reach the exact mask.
   * @defaultValue `150` */
  readonly steps?: number;
  /** The largest error against the float64 reference, relative to the largest entry.
   * @defaultValue `1e-5` */
  readonly tolerance?: number;
}

/** How the truth is given. */
export type TargetKind = "indices" | "one-hot" | "soft";

/** A loss with every default of the contract filled in. */
export type Subject = Required<LossUnderTest>;

/** Fills in the defaults. */
export function subjectOf(given: LossUnderTest): Subject {
  const defaults = {
    required: {},
    records: [],
    ranks: [1, 2, 3],
    classes: [1, 2, 3, 4],
    targets: ["indices", "one-hot", "soft"] as const,
    activations: ["none", "softmax", "sigmoid"] as const,
    without: [],
    refuses: () => false,
    spatial: false,
    independentChannels: false,
    zeroAtPerfect: true,
    teachesAlone: true,
    partner: undefined,
    unitClassWeights: true,
    learning: given.variants[0] ?? {},
    steps: 150,
    tolerance: 1e-5,
  };
  if (given.variants.length === 0) throw new Error(`contract of ${given.name}: variants must name at least one set`);
  return { ...defaults, ...given };
}
