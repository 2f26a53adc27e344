import { selectLargest as select } from "@lossary/core-reduce";
import { onEachBackend, readNumbers } from "@lossary/test-kit";
import { cast, fill, greater, ones, type Tensor2D, tensor2d } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseArrays } from "../src/fused/array-choice.ts";

onEachBackend("selectLargest", () => {
  describe.each(["fused", "loops", "portable"])("%s", (kernels) => {
    beforeAll(() => chooseArrays({ loopsAlone: kernels === "loops" }));
    afterAll(() => chooseArrays());
    facts(kernels !== "portable");
  });
});

function facts(fused: boolean): void {
  const selectLargest = (values: Tensor2D, counted: Tensor2D | undefined, percent: number) =>
    select(values, counted, percent, fused);

  it("takes both zeros as equal, and orders negative numbers", async () => {
    const all = ones([1, 4]) as Tensor2D;
    expect(await readNumbers(selectLargest(tensor2d([[-0, 0, -1, -2]]), all, 25))).toEqual([0.5, 0.5, 0, 0]);
    expect(await readNumbers(selectLargest(tensor2d([[-4, -3, -1, -2]]), all, 50))).toEqual([0, 0, 1, 1]);
  });

  it("selects the 409 largest of 4093 that differ", async () => {
    const values = Float32Array.from({ length: 4093 }, (_, i) => Math.fround(((i * 1571) % 4093) / 64 - 30));
    const factors = await readNumbers(selectLargest(tensor2d(values, [1, 4093]), ones([1, 4093]), 10));
    const bound = Float32Array.from(values).sort()[4093 - 409] as number;
    expect(factors).toEqual(Array.from(values, (value) => (value >= bound ? 1 : 0)));
  });

  it("finds the threshold where the last bits alone decide, and where they decide nothing", async () => {
    // 1 and the 1023 floats behind it, in some order; then with the last 3 bits gone, each of them 8 times
    const places = Array.from({ length: 1024 }, (_, i) => (i * 389) % 1024);
    const valuesOf = (ofPlaces: number[]) =>
      tensor2d(
        ofPlaces.map((place) => 1 + place * 2 ** -23),
        [1, 1024],
      );
    const all = ones([1, 1024]) as Tensor2D;
    const apart = await readNumbers(selectLargest(valuesOf(places), all, 25));
    expect(apart).toEqual(places.map((place) => (place >= 768 ? 1 : 0)));
    // 1024 x 0.246 = 251.9: 31 x 8 of them, and 4 of the next 8
    const alike = await readNumbers(selectLargest(valuesOf(places.map((place) => place & ~7)), all, 24.6));
    expect(alike).toEqual(places.map((place) => (place >= 776 ? 1 : place >= 768 ? 0.5 : 0)));
  });

  it("takes for counted what a comparison says, which is bytes on some backends", async () => {
    const counted = cast(greater(tensor2d([[2, 0, 1, 3, -1]]), 0), "float32") as Tensor2D;
    expect(await readNumbers(selectLargest(tensor2d([[1, 9, 3, 2, 8]]), counted, 50))).toEqual([0, 0, 1, 1, 0]);
  });

  it("selects two of four at one half, in each row alone", async () => {
    const all = tensor2d([
      [1, 1, 1, 1],
      [1, 1, 1, 1],
    ]);
    expect(
      await readNumbers(
        selectLargest(
          tensor2d([
            [3, 1, 2, 9],
            [0, -1, -2, -3],
          ]),
          all,
          50,
        ),
      ),
    ).toEqual([1, 0, 0, 1, 1, 1, 0, 0]);
  });

  it("never selects what does not count: half of the two that do is one", async () => {
    expect(await readNumbers(selectLargest(tensor2d([[3, 1, 2, 9]]), tensor2d([[0, 1, 1, 0]]), 50))).toEqual([
      0, 0, 1, 0,
    ]);
  });

  it("shares the last place among equals: one place for two is a half each", async () => {
    expect(await readNumbers(selectLargest(tensor2d([[5, 4, 4, 1]]), tensor2d([[1, 1, 1, 1]]), 50))).toEqual([
      1, 0.5, 0.5, 0,
    ]);
  });

  it("selects at least one, and rounds half places up", async () => {
    expect(await readNumbers(selectLargest(tensor2d([[5, 4, 3, 1]]), tensor2d([[1, 1, 1, 1]]), 1))).toEqual([
      1, 0, 0, 0,
    ]);
    expect(await readNumbers(selectLargest(tensor2d([[5, 4, 3, 1, 0]]), tensor2d([[1, 1, 1, 1, 1]]), 50))).toEqual([
      1, 1, 1, 0, 0,
    ]);
  });

  it("rounds 29 % of 50, which is 14.5, up to 15", async () => {
    const falling = tensor2d([Array.from({ length: 50 }, (_, i) => 50 - i)]);
    const factors = await readNumbers(selectLargest(falling, ones([1, 50]), 29));
    expect(factors).toEqual(Array.from({ length: 50 }, (_, i) => (i < 15 ? 1 : 0)));
  });

  it("selects everything at 100 %", async () => {
    expect(await readNumbers(selectLargest(tensor2d([[5, 4, 4, 1]]), tensor2d([[1, 1, 0, 1]]), 100))).toEqual([
      1, 1, 0, 1,
    ]);
  });

  it("looks at every value where nothing is said of what counts", async () => {
    expect(await readNumbers(selectLargest(tensor2d([[5, 4, 4, 1]]), undefined, 50))).toEqual([1, 0.5, 0.5, 0]);
    const rows = tensor2d([
      [5, 4, -4],
      [-1, -2, -3],
    ]);
    expect(await readNumbers(selectLargest(rows, undefined, 34))).toEqual([1, 0, 0, 1, 0, 0]);
  });

  it("selects a tenth of two rows that are longer than what is looked at once, of which every fifth value does not count", async () => {
    const length = 20001;
    const values = Float32Array.from({ length: 2 * length }, (_, i) => Math.fround(((i * 7919) % 40009) / 512 - 9));
    const counts = Float32Array.from(values, (_, i) => (i % 5 === 3 ? 0 : 0.25));
    const factors = await readNumbers(selectLargest(tensor2d(values, [2, length]), tensor2d(counts, [2, length]), 10));
    for (const row of [0, 1]) {
      const places = Array.from({ length }, (_, i) => row * length + i).filter((at) => (counts[at] as number) > 0);
      const sorted = places.map((at) => values[at] as number).sort((a, b) => b - a);
      const bound = sorted[Math.round(places.length / 10) - 1] as number;
      const expected = Array.from({ length }, (_, i) => row * length + i).map((at) =>
        (counts[at] as number) > 0 && (values[at] as number) >= bound ? 1 : 0,
      );
      expect(factors.slice(row * length, (row + 1) * length)).toEqual(expected);
    }
  });

  it("shares the places among all where all are equal", async () => {
    const factors = await readNumbers(selectLargest(fill([1, 300], 0.7), undefined, 10));
    expect(factors).toBeClose(new Array(300).fill(0.1));
  });

  it("selects nothing where nothing counts", async () => {
    expect(await readNumbers(selectLargest(tensor2d([[5, 4]]), tensor2d([[0, 0]]), 50))).toEqual([0, 0]);
  });
}
