import { describe, expect, it } from "vitest";
import { distanceMaps, ends, mapsOfClass, penalty, placeOf } from "../src/report/distance-maps.ts";
import type { Dataset, Sample } from "../src/sample.ts";

function row(labels: number[], spacing: [number, number] = [1, 1]): Sample {
  const mask = Uint8Array.from(labels);
  return {
    name: "row",
    height: 1,
    width: mask.length,
    channels: 1,
    image: new Float32Array(mask.length),
    mask,
    spacing,
  };
}
const bar = row([0, 0, 1, 1, 1, 0, 0]);
const valuesOf = (sample: Sample, label: number) =>
  Object.fromEntries(mapsOfClass(sample, label, "px").map(({ name, values }) => [name, [...values]]));

describe("the maps of one class", () => {
  it("are distance, signed distance and squared Hausdorff field of a bar of three pixels", () => {
    expect(valuesOf(bar, 1)).toEqual({
      distance: [0, 0, 1, 2, 1, 0, 0],
      "signed distance": [2, 1, 0, -1, 0, 1, 2],
      "Hausdorff field": [4, 1, 1, 4, 1, 1, 4],
    });
  });

  it("count in the units of the spacing, squared for the Hausdorff field", () => {
    const [distance, , field] = mapsOfClass(row([0, 0, 1, 1, 1, 0, 0], [3, 0.5]), 1, "mm");
    expect([...(distance?.values ?? [])]).toEqual([0, 0, 0.5, 1, 0.5, 0, 0]);
    expect([...(field?.values ?? [])]).toEqual([1, 0.25, 0.25, 1, 0.25, 0.25, 1]);
    expect([distance?.unit, field?.unit]).toEqual(["mm", "mm²"]);
  });
});

it("the penalty is 1 at the border and 0 at the deepest pixel of each class", () => {
  expect([...penalty(bar).values]).toEqual([0, 1, 1, 0, 1, 1, 0]);
});

describe("the scale of a map", () => {
  it("has 0 in its middle where values have two signs, each side with its own extreme", () => {
    const [, signed] = mapsOfClass(bar, 1, "px");
    if (!signed) throw new Error("no signed map");
    expect(ends(signed)).toEqual([-1, 0, 2]);
    expect([-1, -0.5, 0, 1, 2].map((value) => placeOf(value, ends(signed)))).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });

  it("begins at 0 where they have one", () => {
    const [distance] = mapsOfClass(bar, 1, "px");
    if (!distance) throw new Error("no distance map");
    expect(ends(distance)).toEqual([0, 1, 2]);
    expect(placeOf(0.5, ends(distance))).toBe(0.25);
  });

  it("of squares has a quarter of the highest in its middle", () => {
    const [, , field] = mapsOfClass(bar, 1, "px");
    if (!field) throw new Error("no field");
    expect(ends(field)).toEqual([0, 1, 4]);
  });

  it("of a map that is 0 throughout has no place beyond its ends", () => {
    expect(placeOf(0, [0, 0, 0])).toBe(0.5);
  });
});

describe("the section of the report", () => {
  const dataset = (validation: Sample[]): Dataset => ({
    title: "t",
    description: "d",
    classNames: ["background", "one", "two"],
    channels: 1,
    unit: "mm",
    train: [],
    validation,
  });

  it("takes the sample with the most classes: truth, penalty and three maps a class, each with units", () => {
    const html = distanceMaps(dataset([row([0, 1, 1, 0]), row([0, 1, 2, 0])]));
    expect(html.match(/<img/g)).toHaveLength(2 + 2 * 3);
    expect(html.match(/class="scale"/g)).toHaveLength(1 + 2 * 3);
    expect(html).toContain("<span>4 mm²</span>");
  });

  it("is left out where no validation image has a foreground", () => {
    expect(distanceMaps(dataset([row([0, 0, 0])]))).toBe("");
  });
});
