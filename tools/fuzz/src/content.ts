import fc from "fast-check";

/** A tensor as plain data, so that a failing call can be read and written down. */
export interface Plain {
  readonly tensor: readonly number[];
  readonly shape: readonly number[];
  readonly dtype: "float32" | "int32" | "bool";
}

/** A tensor of values drawn one by one. */
export function plain(
  shape: readonly number[],
  value: fc.Arbitrary<number>,
  dtype: Plain["dtype"] = "float32",
): fc.Arbitrary<Plain> {
  const size = sizeOf(shape);
  return fc
    .array(value, { minLength: size, maxLength: size, size: "max" })
    .map((values) => ({ tensor: values, shape, dtype }));
}

/** How many numbers a shape holds. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** Numbers that float32 holds; `fast-check` alone would draw doubles. */
const rounded = (value: fc.Arbitrary<number>) => value.map(Math.fround);

/** Probabilities, the corners among them often. */
export const probability: fc.Arbitrary<number> = fc.oneof(
  rounded(fc.double({ min: 0, max: 1, noNaN: true })),
  fc.constantFrom(0, 1, 0.5, 1e-7, 1 - 2 ** -24, 1e-38, 1e-45),
);

/** Shares of soft labels: probabilities that float32 holds with all their digits. */
export const softLabel: fc.Arbitrary<number> = probability.map((value) => (value < 1.2e-38 ? 0 : value));

/** Logits, saturated ones among them often. */
export const logit: fc.Arbitrary<number> = fc.oneof(
  { weight: 4, arbitrary: rounded(fc.double({ min: -8, max: 8, noNaN: true })) },
  { weight: 2, arbitrary: fc.constantFrom(0, -0, 40, -40, 104, -104, 1e4, -1e4) },
  { weight: 1, arbitrary: fc.constantFrom(1e15, -1e15, 1e-38, -1e-45).map(Math.fround) },
);

/** A factor of at least 0: nothing, very little, usual, much. */
export const factor: fc.Arbitrary<number> = fc.constantFrom(0, 1e-30, 1e-3, 0.25, 0.5, 1, 1.5, 2, 3, 1000);

/** A factor above 0. */
export const positive: fc.Arbitrary<number> = factor.filter((value) => value > 0);

/** A number from 0 to 1. */
export const share: fc.Arbitrary<number> = fc.constantFrom(0, 1e-7, 0.1, 0.25, 0.5, 0.9, 1);

/** What nobody should give anywhere. */
export const nonsense: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, Number.NaN, Number.POSITIVE_INFINITY, -1, -0.5, 2.5, 1e308, 2 ** 53, "", "softmax", "nonsense"),
  fc.constantFrom(true, false, 3n, Symbol.iterator),
  fc.constant({}),
  fc.constant([]),
  fc.constant([1]),
  fc.constant([Number.NaN, 1]),
  fc.constant(["1", "2"]),
  fc.constant([[1]]),
  fc.constant({ tensor: [1, 2], shape: [2], dtype: "float32" }),
  fc.func(fc.constant(1)),
);

/** What is usual, and now and then nonsense. */
export function rarely<Value>(usual: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 10, arbitrary: usual }, { weight: 1, arbitrary: nonsense as fc.Arbitrary<Value> });
}
