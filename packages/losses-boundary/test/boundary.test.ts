import { boundaryLoss } from "@lossary/losses-boundary";
import { lossOf, onEachBackend } from "@lossary/test-kit";
import { expect, it } from "vitest";

const line = { shape: [1, 7, 1], labels: Int32Array.of(0, 0, 1, 1, 1, 0, 0) };
const at = (predictions: number[], options: object = {}) =>
  lossOf(boundaryLoss, { ...line, predictions, options }).values[0] as number;
const perfect = [0, 0, 1, 1, 1, 0, 0];

onEachBackend("boundaryLoss", () => {
  it("is -1/7 for the perfect prediction of 0011100, whose phi is 2 1 0 -1 0 1 2", () => {
    expect(at(perfect)).toBeClose(-1 / 7);
  });
  it("is 6/7 for the worst prediction", () => {
    expect(at([1, 1, 0, 0, 0, 1, 1])).toBeClose(6 / 7);
  });
  it("is 5/7 where everything is predicted", () => {
    expect(at([1, 1, 1, 1, 1, 1, 1])).toBeClose(5 / 7);
  });
  it("is -2/7 with spacing 2: all distances are doubled, the step that is taken off inside as well", () => {
    expect(at(perfect, { spacing: 2 })).toBeClose(-2 / 7);
    expect(at([1, 1, 0, 0, 0, 1, 1], { spacing: [2] })).toBeClose(12 / 7);
  });
  it("is 0 for a class that is absent or fills its sample, whatever is predicted", () => {
    for (const label of [0, 1]) {
      const call = { shape: [1, 3, 1], labels: new Int32Array(3).fill(label), predictions: [0.3, 0.9, 1] };
      expect(lossOf(boundaryLoss, call).values).toEqual([0]);
    }
  });
  it("takes a map that was made before", () => {
    const distanceMap = Float64Array.of(2, 1, 0, -1, 0, 1, 2);
    expect(at([0.5, 0, 1, 1, 1, 0.25, 0], { distanceMap })).toBe(at([0.5, 0, 1, 1, 1, 0.25, 0]));
  });
  it("refuses a spacing beside a map, which it would have to ignore", () => {
    const distanceMap = Float64Array.of(2, 1, 0, -1, 0, 1, 2);
    expect(() => at(perfect, { distanceMap, spacing: 2 })).toThrow(/^boundaryLoss: spacing contradicts distanceMap/);
  });
  it("refuses a spacing that does not fit the spatial axes", () => {
    expect(() => at(perfect, { spacing: [1, 2] })).toThrow(/^boundaryLoss: spacing must be a number, or 1 numbers/);
    expect(() => at(perfect, { spacing: 0 })).toThrow(/^boundaryLoss: spacing must be .*\(got 0\)/);
    const point = { shape: [2, 1], labels: Float64Array.of(0, 1), predictions: [0.1, 0.9] };
    expect(() => lossOf(boundaryLoss, point)).toThrow(/^boundaryLoss: predictions need a spatial axis/);
  });
});
