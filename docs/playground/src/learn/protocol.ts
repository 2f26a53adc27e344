import type { LossCall } from "../catalogue/call.ts";
import type { BackendName } from "../compute/backend-names.ts";
import type { Refusals } from "../compute/backends.ts";
import type { Channels } from "../scene/scene.ts";

/** Two networks with the same first weights, image and truth, and a loss for each. */
export interface Lesson {
  readonly id: number;
  readonly backend: BackendName;
  readonly size: number;
  readonly channels: Channels;
  /** Class indices, `[1, size, size]`. */
  readonly labels: Int32Array;
  /** What the networks see, `[1, size, size, 1]`. */
  readonly image: Float32Array;
  readonly losses: readonly [LossCall, LossCall];
  readonly learningRate: number;
  readonly seed: number;
}

/** What the page tells the worker. */
export type Order =
  | { readonly kind: "begin"; readonly lesson: Lesson; readonly isRunning: boolean }
  | { readonly kind: "run" }
  | { readonly kind: "pause" }
  | { readonly kind: "step" };

/** How one of the two stands after some steps; what it predicts is what the loss was taken of. */
export interface Standing {
  readonly loss: number;
  /** The Dice coefficient of the hard mask. */
  readonly dice: number;
  /** Probabilities, `[size, size, channels]`. */
  readonly probabilities: Float32Array;
}

/** What the worker tells the page. */
export type News =
  | { readonly kind: "backends"; readonly refusals: Refusals }
  | {
      readonly kind: "standing";
      readonly lesson: number;
      readonly step: number;
      readonly sides: readonly [Standing, Standing];
      readonly stepsPerSecond: number;
    }
  | { readonly kind: "failed"; readonly lesson: number; readonly error: string };
