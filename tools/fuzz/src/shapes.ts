import fc from "fast-check";

/** The sizes of a call and what decides about its contents. */
export interface Sizes {
  readonly batch: number;
  readonly spatial: readonly number[];
  readonly classes: number;
  readonly activation: "none" | "sigmoid" | "softmax";
}

const side = fc.integer({ min: 1, max: 4 });

const small = fc.record({
  batch: fc.integer({ min: 1, max: 3 }),
  spatial: fc.array(side, { minLength: 0, maxLength: 3 }),
  classes: fc.constantFrom(1, 1, 2, 2, 3, 4, 5, 9),
});

/** More voxels than a tile of the SIMD module holds, more classes than it has room for, more labels than a byte counts. */
const large = fc.constantFrom(
  { batch: 1, spatial: [67, 33], classes: 3 },
  { batch: 2, spatial: [1, 9, 130], classes: 1 },
  { batch: 1, spatial: [2], classes: 257 },
);

/** Sizes of a call; large ones now and then. */
export const sizes: fc.Arbitrary<Sizes> = fc
  .tuple(
    fc.oneof({ weight: 60, arbitrary: small }, { weight: 1, arbitrary: large }),
    fc.constantFrom("none" as const, "sigmoid" as const, "softmax" as const),
  )
  .map(([shape, activation]) => ({ ...shape, activation }));

/** The shape of predictions and of dense labels. */
export function denseShape({ batch, spatial, classes }: Sizes): number[] {
  return [batch, ...spatial, classes];
}

/** The shape of class indices and of weights. */
export function voxelShape({ batch, spatial }: Sizes): number[] {
  return [batch, ...spatial];
}
