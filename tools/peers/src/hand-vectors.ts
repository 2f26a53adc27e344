import type { ReferenceInput, ReferenceLossName } from "@lossary/test-kit/reference";

import { oneClassVectors } from "./one-class-vectors.ts";
import { twoClassVectors } from "./two-class-vectors.ts";

/** A value and a gradient worked out by hand. */
export interface HandVector {
  readonly name: string;
  readonly loss: ReferenceLossName;
  readonly input: ReferenceInput;
  readonly value: number;
  /** With respect to the predictions. */
  readonly gradient: Float64Array;
  /** The digits that the numbers carry. */
  readonly tolerance: number;
}

/** Every hand-checked vector: one class, then two. */
export const handVectors: readonly HandVector[] = [...oneClassVectors, ...twoClassVectors];
