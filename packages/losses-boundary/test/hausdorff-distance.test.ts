import { hausdorffDistanceLoss } from "@lossary/losses-boundary";
import { gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import { expect, it } from "vitest";

const line = { shape: [1, 7, 1], labels: Int32Array.of(0, 0, 1, 1, 1, 0, 0) };
const at = (predictions: number[], options: object = {}) =>
  lossOf(hausdorffDistanceLoss, { ...line, predictions, options }).values[0] as number;

onEachBackend("hausdorffDistanceLoss", () => {
  it("is .43 for four voxels under the field 1 2 1 3", () => {
    const call = {
      shape: [1, 4, 1],
      predictions: [0.9, 0.2, 0.6, 0.3],
      labels: [1, 0, 1, 1],
      options: { sided: "target", alpha: 1, distanceMap: Float64Array.of(1, 2, 1, 3) },
    };
    expect(lossOf(hausdorffDistanceLoss, call).values).toBeClose(0.43);
    expect(gradientOf(hausdorffDistanceLoss, call)).toBeClose([-0.05, 0.2, -0.2, -1.05]);
  });
  it("is 4/7 for 0011100 shifted by one: two voxels, each 1 from either border", () => {
    expect(at([0, 0, 0, 1, 1, 1, 0])).toBeClose(4 / 7);
  });
  it("is 2/7 with the distances to the true border alone", () => {
    expect(at([0, 0, 0, 1, 1, 1, 0], { sided: "target" })).toBeClose(2 / 7);
  });
  it("is 16/7 with spacing 2 and alpha 2: squared distances are four times as large", () => {
    expect(at([0, 0, 0, 1, 1, 1, 0], { spacing: 2 })).toBeClose(16 / 7);
  });
  it("is 0 at the perfect prediction", () => {
    expect(at([0, 0, 1, 1, 1, 0, 0])).toBe(0);
  });
  it("charges an all-ones prediction of an absent class 2, and nothing with borderless 0", () => {
    const call = { shape: [1, 3, 1], labels: new Int32Array(3), predictions: [1, 1, 1] };
    expect(lossOf(hausdorffDistanceLoss, call).values).toBeClose(2);
    expect(lossOf(hausdorffDistanceLoss, { ...call, options: { borderless: 0 } }).values).toEqual([0]);
  });
  it("takes the distances of the labels as hausdorffField makes them", () => {
    const predictions = [0.1, 0.9, 0.2, 1, 0.4, 0, 0.6];
    const distanceMap = Float64Array.of(2, 1, 1, 2, 1, 1, 2);
    expect(at(predictions, { distanceMap })).toBeClose(at(predictions), { relative: 1e-6 });
  });
  it("gives the same number for the threshold and for the most probable of two classes", () => {
    const call = {
      shape: [1, 4, 2],
      predictions: [0.1, 0.9, 0.8, 0.2, 0.4, 0.6, 0.7, 0.3],
      labels: Int32Array.of(1, 0, 1, 1),
    };
    const { values } = lossOf(hausdorffDistanceLoss, call);
    const argmax = { ...call, options: { predictionMask: "argmax" } };
    expect(lossOf(hausdorffDistanceLoss, argmax).values).toEqual(values);
  });
  it("refuses what it would have to ignore", () => {
    const one = (options: object) => () => at([0, 0, 0, 1, 1, 1, 0], options);
    expect(one({ predictionMask: "argmax" })).toThrow(/predictionMask "argmax" needs exclusive classes/);
    expect(one({ predictionMask: "argmax", sided: "target" })).toThrow(/predictionMask contradicts sided "target"/);
    const distanceMap = Float64Array.of(2, 1, 1, 2, 1, 1, 2);
    expect(one({ distanceMap, spacing: 2, sided: "target" })).toThrow(/spacing contradicts distanceMap/);
  });
});
