import { boundaryDoULoss } from "@lossary/losses-boundary";
import { lossOf, onEachBackend } from "@lossary/test-kit";
import { expect, it } from "vitest";

const at = (labels: number[], predictions: number[], options: object = {}) =>
  lossOf(boundaryDoULoss, {
    shape: [1, labels.length, 1],
    labels: Int32Array.from(labels),
    predictions,
    options: { smooth: 0, ...options },
  }).values[0] as number;

onEachBackend("boundaryDoULoss", () => {
  it("is 2 / 5.2 for five voxels shifted by one: alpha 1 - 2 x 2/5 = .2, difference 2, union 6 - .2 x 4", () => {
    expect(at([0, 1, 1, 1, 1, 1, 0, 0], [0, 0, 1, 1, 1, 1, 1, 0])).toBeClose(2 / 5.2);
  });
  it("is the Dice loss of squares, 2 / 4, where the region is all border: alpha -1", () => {
    expect(at([0, 1, 1, 0, 0], [0, 0, 1, 1, 0])).toBeClose(2 / 4);
  });
  it("counts the end of the image as border", () => {
    expect(at([1, 1, 1, 0, 0], [0, 1, 1, 1, 0])).toBeClose(2 / (2 + (4 / 3) * 2));
  });
  it("bounds alpha by maxAlpha: 2 / (2 + (1 - .1) x 4)", () => {
    expect(at([0, 1, 1, 1, 1, 1, 0, 0], [0, 0, 1, 1, 1, 1, 1, 0], { maxAlpha: 0.1 })).toBeClose(2 / 5.6);
  });
  it("is 0 for the perfect and 1 for the worst prediction, 1 for one of an absent class", () => {
    expect(at([0, 1, 1, 1, 0], [0, 1, 1, 1, 0])).toBe(0);
    expect(at([0, 1, 1, 1, 0], [1, 0, 0, 0, 1])).toBe(1);
    expect(at([0, 0, 0], [0, 1, 0])).toBe(1);
  });
});
