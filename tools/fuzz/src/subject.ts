import type fc from "fast-check";

/** A public function, and the arguments that it is called with. */
export interface Subject {
  /** The name under which it is exported; of it errors speak. */
  readonly name: string;
  /** The package that exports it. */
  readonly from: string;
  /** Arguments as plain data; tensors among them are made for each call. */
  readonly given: fc.Arbitrary<readonly unknown[]>;
  /** The function, or what calls it. */
  readonly call: (...given: never[]) => unknown;
  /** Which argument the result is differentiated by. */
  readonly gradientOf?: number;
  /** Other functions of which an error may speak: those that this one calls for its caller. */
  readonly speaksFor?: readonly string[];
  /** Whether a result may hold infinity, because it was asked for. */
  readonly infinite?: (given: readonly unknown[]) => boolean;
  /** Whether no arguments are wrong. */
  readonly refusesNothing?: boolean;
}
