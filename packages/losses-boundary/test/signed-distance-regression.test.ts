import { signedDistanceRegressionLoss } from "@lossary/losses-boundary";
import { gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import { dispose, fill, type Scalar, tanh, tensor, train, variable } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

const line = { shape: [1, 7, 1], labels: Int32Array.of(0, 0, 1, 1, 1, 0, 0) };
const map = [1, 0.5, 0, -1, 0, 0.5, 1];
const at = (predictions: number[], options: object = {}) =>
  lossOf(signedDistanceRegressionLoss, { ...line, predictions, options }).values[0] as number;

onEachBackend("signedDistanceRegressionLoss", () => {
  it("is 0 with a zero gradient for the map 1 .5 0 -1 0 .5 1 of 0011100", () => {
    expect(at(map)).toBe(0);
    expect(gradientOf(signedDistanceRegressionLoss, { ...line, predictions: map }).map(Math.abs)).toEqual(
      new Array(7).fill(0),
    );
  });
  it("is 4/7 + 1/3 for an empty map", () => {
    expect(at(new Array(7).fill(0))).toBeClose(4 / 7 + 1 / 3, { relative: 2e-5 });
  });
  it("is 8/7 + 4/3 for the map turned inside out: sum t^2 = 3.5, 1/3 + 3.5/3.5", () => {
    expect(
      at(
        map.map((t) => -t),
        { smooth: 0 },
      ),
    ).toBeClose(8 / 7 + 4 / 3);
    expect(
      at(
        map.map((t) => -t),
        { productWeight: 0 },
      ),
    ).toBeClose(8 / 7);
  });
  it("does not depend on the unit of the spacing", () => {
    const half = map.map((t) => t / 2);
    expect(at(half, { spacing: 5 })).toBeClose(at(half));
  });
  it("has t = 1 for an absent class and -1 for one that fills its sample", () => {
    const of = (label: number, y: number) =>
      lossOf(signedDistanceRegressionLoss, {
        ...line,
        labels: new Int32Array(7).fill(label),
        predictions: new Array(7).fill(y),
      }).values;
    expect(of(0, 1)).toEqual([0]);
    expect(of(1, -1)).toEqual([0]);
  });
  it("takes a map that was made before", () => {
    const half = map.map((t) => t / 2);
    expect(at(half, { distanceMap: Float64Array.from(map) })).toBe(at(half));
  });
  it("teaches tanh of a logit a voxel the map within 150 steps", () => {
    const labels = tensor([...line.labels], [1, 7], "int32");
    const logits = variable(fill([1, 7, 1], 0.1));
    const optimizer = train.adam(0.1);
    const loss = () => signedDistanceRegressionLoss(labels, tanh(logits)) as Scalar;
    for (let step = 0; step < 150; step++) optimizer.minimize(loss, false, [logits]);
    const reached = Array.from(logits.dataSync(), Math.tanh);
    expect(reached).toBeClose(map, { absolute: 0.1 });
    optimizer.dispose();
    dispose([labels, logits]);
  });
});
