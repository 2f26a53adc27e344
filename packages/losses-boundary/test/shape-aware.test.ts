import { contourDistanceMap, contourDistanceMapAsync, shapeAwareLoss } from "@lossary/losses-boundary";
import { lossOf, onEachBackend } from "@lossary/test-kit";
import { memory, tensor } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

const shifted = {
  shape: [1, 7, 1],
  labels: Int32Array.of(0, 0, 1, 1, 1, 0, 0),
  predictions: [0.2, 0.2, 0.2, 0.8, 0.8, 0.8, 0.2],
};
const right = -Math.log(0.8);
const wrong = -Math.log(0.2);
const at = (options: object = {}, predictions = shifted.predictions) =>
  lossOf(shapeAwareLoss, { ...shifted, predictions, options }).values[0] as number;

onEachBackend("shapeAwareLoss", () => {
  it("doubles the cost of two misclassified voxels where the contours are 1 apart", () => {
    expect(at()).toBeClose((5 * right + 2 * 2 * wrong) / 7);
  });
  it("is cross entropy where nothing is misclassified", () => {
    expect(at({}, [0.2, 0.2, 0.8, 0.8, 0.8, 0.2, 0.2])).toBeClose(right);
  });
  it("measures with the spacing, weighs with distanceWeight, or in diagonals: 1 of 7", () => {
    expect(at({ spacing: 3, distanceWeight: 0.5 })).toBeClose((5 * right + 2 * 2.5 * wrong) / 7);
    expect(at({ distanceUnit: "diagonal" })).toBeClose((5 * right + (2 * 8 * wrong) / 7) / 7);
  });
  it("takes the diagonal, 7, where nothing was predicted", () => {
    expect(at({}, new Array(7).fill(0.2))).toBeClose((4 * right + 3 * 8 * wrong) / 7);
  });
  it("takes the distances that contourDistanceMap makes", async () => {
    const labels = tensor([...shifted.labels], [1, 7], "int32");
    const before = memory().numTensors;
    const map = contourDistanceMap(labels, { classes: 1 });
    expect([...map.dataSync()]).toEqual([2, 1, 0, 1, 0, 1, 2]);
    const later = await contourDistanceMapAsync(labels, { classes: 1 });
    expect(later.dataSync()).toEqual(map.dataSync());
    expect(memory().numTensors).toBe(before + 2);
    expect(at({ distanceMap: Float64Array.from(map.dataSync()) })).toBeClose(at(), { relative: 1e-6 });
    map.dispose();
    later.dispose();
    labels.dispose();
  });
});

onEachBackend("contourDistanceMap", () => {
  const numbers = (labels: number[], options: object) => {
    const map = contourDistanceMap(tensor(labels, [1, labels.length], "int32"), options);
    return [...map.dataSync()];
  };
  it("has the diagonal where a class has no contour", () => {
    expect(numbers([0, 0, 0], { classes: 1, spacing: 2 })).toEqual([6, 6, 6]);
  });
  it("has no contour between a class and an ignored voxel", () => {
    expect(numbers([1, 1, 255, 0, 1], { classes: 1, ignoreLabel: 255 })).toEqual([4, 3, 2, 1, 0]);
  });
  it("refuses class indices without their number of classes", () => {
    expect(() => numbers([0, 1], {})).toThrow(/^contourDistanceMap: /);
    expect(() => numbers([0, 1], { classes: 0 })).toThrow(/classes must be a whole number above 0/);
  });
});
