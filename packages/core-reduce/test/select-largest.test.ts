import { selectLargest } from "@lossary/core-reduce";
import { onEachBackend } from "@lossary/test-kit";
import { ones, type Tensor, tensor2d } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

const numbersOf = (t: Tensor) => Array.from(t.dataSync());

onEachBackend("selectLargest", () => {
  it("selects two of four at one half, in each row alone", () => {
    const all = tensor2d([
      [1, 1, 1, 1],
      [1, 1, 1, 1],
    ]);
    expect(
      numbersOf(
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

  it("never selects what does not count: half of the two that do is one", () => {
    expect(numbersOf(selectLargest(tensor2d([[3, 1, 2, 9]]), tensor2d([[0, 1, 1, 0]]), 50))).toEqual([0, 0, 1, 0]);
  });

  it("shares the last place among equals: one place for two is a half each", () => {
    expect(numbersOf(selectLargest(tensor2d([[5, 4, 4, 1]]), tensor2d([[1, 1, 1, 1]]), 50))).toEqual([1, 0.5, 0.5, 0]);
  });

  it("selects at least one, and rounds half places up", () => {
    expect(numbersOf(selectLargest(tensor2d([[5, 4, 3, 1]]), tensor2d([[1, 1, 1, 1]]), 1))).toEqual([1, 0, 0, 0]);
    expect(numbersOf(selectLargest(tensor2d([[5, 4, 3, 1, 0]]), tensor2d([[1, 1, 1, 1, 1]]), 50))).toEqual([
      1, 1, 1, 0, 0,
    ]);
  });

  it("rounds 29 % of 50, which is 14.5, up to 15", () => {
    const falling = tensor2d([Array.from({ length: 50 }, (_, i) => 50 - i)]);
    const factors = numbersOf(selectLargest(falling, ones([1, 50]), 29));
    expect(factors).toEqual(Array.from({ length: 50 }, (_, i) => (i < 15 ? 1 : 0)));
  });

  it("selects everything at 100 %", () => {
    expect(numbersOf(selectLargest(tensor2d([[5, 4, 4, 1]]), tensor2d([[1, 1, 0, 1]]), 100))).toEqual([1, 1, 0, 1]);
  });

  it("selects nothing where nothing counts", () => {
    expect(numbersOf(selectLargest(tensor2d([[5, 4]]), tensor2d([[0, 0]]), 50))).toEqual([0, 0]);
  });
});
