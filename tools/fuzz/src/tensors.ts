import fc from "fast-check";
import { logit, nonsense, type Plain, plain, probability, softLabel } from "./content.ts";
import { denseShape, type Sizes, voxelShape } from "./shapes.ts";

/** Predictions that fit: probabilities, or logits where an activation follows. */
export function predictions(sizes: Sizes): fc.Arbitrary<Plain> {
  const one = sizes.activation === "none" ? probability : logit;
  // one value everywhere is a corner of its own: all equal, all saturated, all wrong
  const even = one.chain((value) => plain(denseShape(sizes), fc.constant(value)));
  return fc.oneof({ weight: 4, arbitrary: plain(denseShape(sizes), one) }, { weight: 1, arbitrary: even });
}

/** Class indices, with some that are no class, and with classes that are absent. */
export function indices(sizes: Sizes, strays = true): fc.Arbitrary<Plain> {
  const count = Math.max(2, sizes.classes);
  const few = fc.uniqueArray(fc.integer({ min: 0, max: count - 1 }), { minLength: 1, maxLength: 3 });
  const others = strays ? fc.constantFrom([], [], [-1], [count], [255], [2 ** 31 - 1, -(2 ** 31)]) : fc.constant([]);
  return fc
    .tuple(few, others, fc.boolean())
    .chain(([labels, stray, channel]) =>
      plain(channel ? [...voxelShape(sizes), 1] : voxelShape(sizes), fc.constantFrom(...labels, ...stray), "int32"),
    );
}

/** Dense labels: one-hot of any dtype, several classes a voxel, or soft. */
export function dense(sizes: Sizes): fc.Arbitrary<Plain> {
  const shape = denseShape(sizes);
  const oneHot = indices(sizes, false).chain(({ tensor }) =>
    fc.constantFrom("float32" as const, "int32" as const, "bool" as const).map((dtype) => ({
      tensor: tensor.flatMap((label) =>
        sizes.classes === 1 ? [label] : Array.from({ length: sizes.classes }, (_, c) => Number(c === label)),
      ),
      shape,
      dtype,
    })),
  );
  const several = plain(shape, fc.constantFrom(0, 1), "bool");
  return fc.oneof(oneHot, several, plain(shape, softLabel));
}

/** Labels that fit, of any kind. */
export function labels(sizes: Sizes): fc.Arbitrary<Plain> {
  return fc.oneof(indices(sizes), dense(sizes));
}

/** Voxel weights that fit: of any dtype, often 0, sometimes nothing else. */
export function weights(sizes: Sizes): fc.Arbitrary<Plain> {
  const shape = voxelShape(sizes);
  return fc.oneof(
    plain(shape, fc.constantFrom(0, 0, 1, 0.5, 2, 1e-20, 1000)),
    plain(shape, fc.constantFrom(0, 1, 3), "int32"),
    plain(shape, fc.constantFrom(0, 1), "bool"),
    plain(shape, fc.constant(0)),
  );
}

/** Tensors that do not fit, and what is no tensor at all. */
export function misfit(sizes: Sizes): fc.Arbitrary<unknown> {
  const shape = denseShape(sizes);
  const shapes = fc.constantFrom(
    [...shape, 2],
    shape.slice(1),
    shape.map((side, axis) => (axis === 0 ? side + 1 : side)),
    shape.map((side, axis) => (axis === shape.length - 1 ? 0 : side)),
    [0, ...shape.slice(1)],
    [1, 1, 1, 1, 1, 1, 1],
    [1],
    [],
  );
  const dtypes = fc.constantFrom("float32" as const, "int32" as const, "bool" as const);
  return fc.oneof(
    fc.tuple(shapes, dtypes).chain(([other, dtype]) => plain(other, fc.constantFrom(0, 1), dtype)),
    plain(shape, fc.constantFrom(0, 1), "int32"),
    nonsense,
    fc.constant(undefined),
  );
}

/** Puts what is not finite where a weight is 0, which must not matter. */
export function spoiled(given: Plain, { tensor: weights }: Plain): Plain {
  if (given.dtype !== "float32") return given;
  const across = given.tensor.length / weights.length;
  const bad = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const at = (place: number) => weights[Math.floor(place / across)] === 0;
  return { ...given, tensor: given.tensor.map((value, place) => (at(place) ? (bad[place % 3] as number) : value)) };
}
