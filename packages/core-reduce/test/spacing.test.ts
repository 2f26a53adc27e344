import { readOptions, spacing, spacingOf } from "@lossary/core-reduce";
import { expect, it } from "vitest";

const volume = { who: "loss", spatial: [2, 3, 4] } as unknown as Parameters<typeof spacingOf>[0];

it("gives every axis the one number, or each its own", () => {
  expect(spacingOf(volume, 0.5)).toEqual([0.5, 0.5, 0.5]);
  expect(spacingOf(volume, [3, 1, 1])).toEqual([3, 1, 1]);
  expect(readOptions("loss", {}, { spacing })).toEqual({ spacing: 1 });
});

it("refuses what is no length, and as many as there are no axes", () => {
  for (const wrong of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, [], [1, 0], "1"]) {
    expect(() => readOptions("loss", { spacing: wrong }, { spacing }), String(wrong)).toThrow(
      /^loss: spacing must be a finite number above 0, or a list of such/,
    );
  }
  expect(() => spacingOf(volume, [1, 1])).toThrow(/^loss: spacing must be a number, or 3 numbers, one a spatial axis/);
  expect(() => spacingOf({ ...volume, spatial: [] }, 1)).toThrow(/^loss: predictions need a spatial axis/);
});
