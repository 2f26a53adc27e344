import { describe, expect, it } from "vitest";
import { type ColourScale, colourAt, cssGradient, diverging, rgb, sequential } from "../src/report/colour-scale.ts";

type Colour = [number, number, number];

/** Red, green and blue light, 0 to 1, of an sRGB colour. */
const light = (colour: Colour) =>
  colour.map((value) => (value <= 10.31475 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4)) as Colour;

/** Relative luminance as WCAG 2 defines it. */
const luminance = (colour: Colour) => {
  const [red, green, blue] = light(colour);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/** How somebody without one kind of cones sees a colour: the matrices of Machado, Oliveira and Fernandes 2009, severity 1. */
const without: Record<string, [Colour, Colour, Colour]> = {
  "red cones": [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  "green cones": [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  "blue cones": [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
const seen = (colour: Colour, matrix: [Colour, Colour, Colour]) => {
  const [red, green, blue] = light(colour);
  return matrix.map(([r, g, b]) => r * red + g * green + b * blue) as Colour;
};
const places = Array.from({ length: 41 }, (_, index) => index / 40);

describe("a colour scale", () => {
  const greys: ColourScale = ["#000000", "#646464", "#c8c8c8"];

  it("passes through its colours and mixes evenly between them", () => {
    expect([0, 0.25, 0.5, 1].map((place) => colourAt(greys, place)[0])).toEqual([0, 50, 100, 200]);
  });

  it("ends at its ends", () => {
    expect([colourAt(greys, -1), colourAt(greys, 2)]).toEqual([rgb("#000000"), rgb("#c8c8c8")]);
  });

  it("has the same colours as a CSS gradient", () => {
    expect(cssGradient(greys)).toBe("linear-gradient(to right, #000000, #646464, #c8c8c8)");
  });
});

describe("the scale of what begins at 0", () => {
  it("grows lighter from end to end", () => {
    const lightness = places.map((place) => luminance(colourAt(sequential, place)));
    lightness.slice(1).forEach((value, index) => {
      expect(value).toBeGreaterThan(lightness[index] as number);
    });
  });
});

describe("the scale of what has two sides", () => {
  it("is lightest in its middle and grows darker to both ends", () => {
    const lightness = places.map((place) => luminance(colourAt(diverging, place)));
    lightness.slice(1).forEach((value, index) => {
      if (index < 20) expect(value).toBeGreaterThan(lightness[index] as number);
      else expect(value).toBeLessThan(lightness[index] as number);
    });
  });

  it.each(Object.entries(without))("tells its sides apart without %s", (_, matrix) => {
    for (const distance of [0.25, 0.5, 0.75]) {
      const below = seen(colourAt(diverging, 0.5 - distance / 2), matrix);
      const above = seen(colourAt(diverging, 0.5 + distance / 2), matrix);
      const hue = ([red, , blue]: Colour) => Math.log(Math.max(red, 0.01) / Math.max(blue, 0.01));
      expect(hue(above) - hue(below)).toBeGreaterThan(0.7); // the share of red to blue differs by a factor of two
    }
  });
});
