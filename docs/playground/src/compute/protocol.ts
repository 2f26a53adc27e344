import type { LossCall } from "../catalogue/call.ts";
import type { Channels } from "../scene/scene.ts";
import type { BackendName } from "./backend-names.ts";
import type { Refusals } from "./backends.ts";

/** The maps of distances that the page shows. */
export const mapNames = [
  "distanceMap",
  "signedDistanceMap",
  "penaltyMap",
  "hausdorffField",
  "borderWeightMap",
] as const;

/** A map of distances of `@lossary/distance-map`. */
export type MapName = (typeof mapNames)[number];

/** Everything that the page shows, to be computed; a newer job ends an older one. */
export interface Job {
  readonly id: number;
  readonly backend: BackendName;
  readonly size: number;
  readonly channels: Channels;
  /** Class indices, `[1, size, size]`. */
  readonly labels: Int32Array;
  /** What a loss may take for predictions, each `[1, size, size, channels]`. */
  readonly predictions: Readonly<Record<LossCall["predictions"], Float32Array>>;
  /** The loss whose gradient is shown. */
  readonly chosen: LossCall;
  readonly losses: readonly LossCall[];
  /** Class indices of the mask whose distances are shown. */
  readonly mapped: Int32Array;
  /** The losses that take long, which come after all others. */
  readonly late: readonly string[];
}

/** A number, or the error that came in its place. */
export type Outcome<Value> = { readonly value: Value } | { readonly error: string };

/** What the worker tells. */
export type Report =
  | { readonly kind: "backends"; readonly refusals: Refusals }
  /** A loss, a gradient or a map begins, which ends with the next report. */
  | { readonly kind: "begins"; readonly job: number; readonly name: string; readonly backend: BackendName }
  | { readonly kind: "failed"; readonly job: number; readonly error: string }
  | {
      readonly kind: "loss";
      readonly job: number;
      readonly name: string;
      readonly backend: BackendName;
      readonly outcome: Outcome<number>;
    }
  | {
      readonly kind: "gradient";
      readonly job: number;
      readonly name: string;
      readonly outcome: Outcome<Float32Array>;
    }
  | { readonly kind: "map"; readonly job: number; readonly map: MapName; readonly outcome: Outcome<Float32Array> }
  | { readonly kind: "shifts"; readonly job: number; readonly name: string; readonly outcome: Outcome<Shifts> }
  | { readonly kind: "done"; readonly job: number };

/** The chosen loss of the prediction moved to the right by so many pixels. */
export interface Shifts {
  readonly pixels: readonly number[];
  readonly values: readonly number[];
}
