import { expect } from "vitest";

/** How close is close. */
export interface Closeness {
  /** The largest error, as a share of the largest expected magnitude.
   * @defaultValue `1e-5` */
  relative?: number;
  /** An error that is always allowed, for expected values that are 0.
   * @defaultValue `1e-7` */
  absolute?: number;
}

/**
 * The numbers that differ too much, in words; nothing where all are close.
 * Errors are measured against the largest expected magnitude of the whole list: the entries of a gradient share their scale.
 */
export function describeDifference(
  received: ArrayLike<number>,
  expected: ArrayLike<number>,
  { relative = 1e-5, absolute = 1e-7 }: Closeness = {},
): string | undefined {
  if (received.length !== expected.length) return `expected ${expected.length} numbers, got ${received.length}`;
  if (expected.length === 0) return "expected at least one number";
  let scale = 0;
  for (let i = 0; i < expected.length; i++) scale = Math.max(scale, Math.abs(expected[i] as number));
  const tolerance = Math.max(relative * scale, absolute);
  for (let i = 0; i < expected.length; i++) {
    const [got, wanted] = [received[i] as number, expected[i] as number];
    if (!Number.isFinite(got) || !Number.isFinite(wanted) || Math.abs(got - wanted) > tolerance) {
      return `number ${i}: expected ${wanted}, got ${got}, tolerance ${tolerance.toExponential(2)}`;
    }
  }
  return undefined;
}

const numbers = (value: unknown): ArrayLike<number> =>
  typeof value === "number" ? [value] : (value as ArrayLike<number>);

/** Adds the matcher `toBeClose` to `expect`. */
export function addToBeClose(): void {
  expect.extend({
    toBeClose(received: unknown, expected: unknown, closeness?: Closeness) {
      const difference = describeDifference(numbers(received), numbers(expected), closeness);
      return {
        pass: difference === undefined,
        message: () => difference ?? "expected the numbers to differ, but they are close",
      };
    },
  });
}

declare module "vitest" {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /** Passes if one number, or each of a list, is within `relative` of the largest expected magnitude. NaN and infinities never pass. */
    toBeClose(expected: number | ArrayLike<number>, closeness?: Closeness): R;
  }
}
