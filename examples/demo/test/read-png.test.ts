import { encode } from "fast-png";
import { describe, expect, it } from "vitest";
import { readPngImage, readPngMask } from "../src/read-png.ts";
import { greyPng } from "./temporary-folder.ts";

describe("a PNG image", () => {
  it("keeps 16 bits of grey", () => {
    const png = encode({ width: 2, height: 1, data: Uint16Array.of(258, 65535), channels: 1, depth: 16 });
    expect([...Array.from(readPngImage(png, "a.png").values)]).toEqual([258, 65535]);
  });

  it("keeps three colours and drops the transparency", () => {
    const png = encode({ width: 1, height: 1, data: Uint8Array.of(1, 2, 3, 128), channels: 4, depth: 8 });
    expect(readPngImage(png, "a.png")).toMatchObject({ channels: 3, values: Float32Array.of(1, 2, 3) });
  });

  it("is refused with its name when it is damaged", () => {
    const png = greyPng(20, 20, (row, column) => row * column).slice(0, 60);
    expect(() => readPngImage(png, "cut.png")).toThrow(/cut\.png: not a readable PNG/);
    expect(() => readPngImage(new TextEncoder().encode("hello"), "text.png")).toThrow(/text\.png: not a readable PNG/);
  });
});

describe("a PNG mask", () => {
  it("is its grey values", () => {
    expect([
      ...Array.from(
        readPngMask(
          greyPng(1, 3, (_, column) => column * 100),
          "m.png",
        ).values,
      ),
    ]).toEqual([0, 100, 200]);
  });

  it("of one bit holds eight pixels in a byte and begins each row with a new one", () => {
    const png = encode({
      width: 10,
      height: 2,
      data: Uint8Array.of(0b10000000, 0b01000000, 0b00000001, 0b11000000),
      channels: 1,
      depth: 1,
    });
    const { values } = readPngMask(png, "m.png");
    expect(Array.from(values).flatMap((value, i) => (value === 1 ? [i] : []))).toEqual([0, 9, 17, 18, 19]);
  });

  it("in colour is refused", () => {
    const png = encode({ width: 1, height: 1, data: Uint8Array.of(255, 0, 0), channels: 3, depth: 8 });
    expect(() => readPngMask(png, "red.png")).toThrow(
      /red\.png: a mask must hold one class value per pixel, but this one is in colour/,
    );
  });
});
