import { describe, expect, it } from "vitest";
import { stroked } from "../src/scene/brush.ts";
import { maskOfPixels } from "../src/scene/image-mask.ts";
import { logitsOf, probabilitiesOf, signedDistances } from "../src/scene/prediction.ts";
import { painted, presets } from "../src/scene/presets.ts";
import { resized, type Scene, withinClasses } from "../src/scene/scene.ts";

/** The painted pixels of a mask, as rows of text. */
function rows(mask: Uint8Array, size: number): string[] {
  return Array.from({ length: size }, (_, row) => mask.subarray(row * size, (row + 1) * size).join(""));
}

describe("a stroke", () => {
  const empty = new Uint8Array(25);

  it("of one pixel is the pixel that was touched, wherever in it", () => {
    for (const place of [0.01, 0.5, 0.99]) {
      const at = { x: 2 + place, y: 1 + place };
      expect(rows(stroked(empty, 5, at, at, { diameter: 1, label: 1 }), 5)).toEqual([
        "00000",
        "00100",
        "00000",
        "00000",
        "00000",
      ]);
    }
  });

  it("of three pixels across is a disc: the middle and its neighbours, corners within 1.5", () => {
    const at = { x: 2.5, y: 2.5 };
    expect(rows(stroked(empty, 5, at, at, { diameter: 3, label: 2 }), 5)).toEqual([
      "00000",
      "02220",
      "02220",
      "02220",
      "00000",
    ]);
  });

  it("has no gaps between two events, and ends at the edge", () => {
    const painted = stroked(empty, 5, { x: 0.5, y: 2.5 }, { x: 9.5, y: 2.5 }, { diameter: 1, label: 1 });
    expect(rows(painted, 5)).toEqual(["00000", "00000", "11111", "00000", "00000"]);
  });

  it("leaves the mask before as it was", () => {
    stroked(empty, 5, { x: 2, y: 2 }, { x: 2, y: 2 }, { diameter: 5, label: 1 });
    expect(empty.every((label) => label === 0)).toBe(true);
  });
});

describe("an image as a mask", () => {
  const grey = (...shades: number[]) => new Uint8ClampedArray(shades.flatMap((shade) => [shade, shade, shade, 255]));

  it("is its brightness in even steps", () => {
    expect([...maskOfPixels(grey(0, 127, 128, 255), 2)]).toEqual([0, 0, 1, 1]);
    expect([...maskOfPixels(grey(0, 85, 86, 171, 255), 3)]).toEqual([0, 0, 1, 2, 2]);
  });

  it("is class indices where nothing is above 15", () => {
    expect([...maskOfPixels(grey(0, 1, 2, 3), 3)]).toEqual([0, 1, 2, 2]);
  });
});

describe("a painted prediction", () => {
  const scene = (channels: Scene["channels"], softness = 1): Scene => ({
    size: 64,
    channels,
    confidence: 0.9,
    softness,
    truth: new Uint8Array(64 * 64),
    prediction: painted(presets.shifted.prediction, 64, channels),
  });

  it.each([1, 2, 4] as const)("gives its class the confidence far from the border, with %d channels", (channels) => {
    const probabilities = probabilitiesOf(logitsOf(scene(channels)), channels);
    const inside = 29 * 64 + 37;
    const ofObject = probabilities[inside * channels + (channels === 1 ? 0 : 1)] as number;
    expect(ofObject).toBeCloseTo(0.9, 6);
    if (channels > 1) {
      const voxel = probabilities.subarray(inside * channels, (inside + 1) * channels);
      expect(voxel.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 6);
    }
  });

  it("of two classes is that of one channel", () => {
    const one = probabilitiesOf(logitsOf(scene(1)), 1);
    const two = probabilitiesOf(logitsOf(scene(2)), 2);
    one.forEach((p, i) => {
      expect(Math.abs((two[2 * i + 1] as number) - p)).toBeLessThan(1e-6);
    });
  });

  it("is a step without softness, and finite where a class is absent", () => {
    expect(new Set(logitsOf(scene(1, 0)))).toEqual(new Set([Math.fround(Math.log(9)), Math.fround(-Math.log(9))]));
    expect(signedDistances(scene(4)).every(Number.isFinite)).toBe(true);
  });
});

it("presets show something: the truth and the prediction differ, and have the classes that they name", () => {
  for (const [name, { truth, prediction }] of Object.entries(presets)) {
    const [labels, given] = [painted(truth, 64, 4), painted(prediction, 64, 4)];
    expect(
      labels.some((label, i) => label !== given[i]),
      name,
    ).toBe(true);
  }
  expect(new Set(painted(presets.classes.truth, 64, 4))).toEqual(new Set([0, 1, 2, 3]));
  expect(new Set(painted(presets.classes.truth, 64, 2))).toEqual(new Set([0, 1]));
  expect(new Set(painted(presets.empty.truth, 64, 1))).toEqual(new Set([0]));
});

it("a mask in another size is made of the nearest pixels, and loses classes to the last one", () => {
  expect([...resized(Uint8Array.from([0, 1, 2, 3]), 2, 4)]).toEqual([0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3]);
  expect([...resized(resized(Uint8Array.from([0, 1, 2, 3]), 2, 4), 4, 2)]).toEqual([0, 1, 2, 3]);
  expect([...withinClasses(Uint8Array.from([0, 1, 2, 3]), 2)]).toEqual([0, 1, 1, 1]);
});
