import { selectLargest } from "@lossary/core-reduce";
import { onEachBackend } from "@lossary/test-kit";
import { type Tensor, tensor2d } from "@tensorflow/tfjs-core";
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
          0.5,
        ),
      ),
    ).toEqual([1, 0, 0, 1, 1, 1, 0, 0]);
  });

  it("never selects what does not count: half of the two that do is one", () => {
    expect(numbersOf(selectLargest(tensor2d([[3, 1, 2, 9]]), tensor2d([[0, 1, 1, 0]]), 0.5))).toEqual([0, 0, 1, 0]);
  });

  it("shares the last place among equals: one place for two is a half each", () => {
    expect(numbersOf(selectLargest(tensor2d([[5, 4, 4, 1]]), tensor2d([[1, 1, 1, 1]]), 0.5))).toEqual([1, 0.5, 0.5, 0]);
  });

  it("selects at least one, and rounds half places up", () => {
    expect(numbersOf(selectLargest(tensor2d([[5, 4, 3, 1]]), tensor2d([[1, 1, 1, 1]]), 0.01))).toEqual([1, 0, 0, 0]);
    expect(numbersOf(selectLargest(tensor2d([[5, 4, 3, 1, 0]]), tensor2d([[1, 1, 1, 1, 1]]), 0.5))).toEqual([
      1, 1, 1, 0, 0,
    ]);
  });

  it("selects nothing where nothing counts", () => {
    expect(numbersOf(selectLargest(tensor2d([[5, 4]]), tensor2d([[0, 0]]), 0.5))).toEqual([0, 0]);
  });
});
