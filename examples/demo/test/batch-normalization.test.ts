import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import {
  grads,
  memory,
  mul,
  randomNormal,
  setBackend,
  sum,
  type Tensor,
  tensor,
  tensor1d,
  tidy,
} from "@tensorflow/tfjs-core";
import { input, layers, model } from "@tensorflow/tfjs-layers";
import { describe, expect, it } from "vitest";
import { BatchNormalization, normalizeBatch } from "../src/batch-normalization.ts";

const shape: [number, number, number, number] = [2, 3, 4, 2];
const images = () => randomNormal(shape, 1, 2, "float32", 1);
const upstream = () => randomNormal(shape, 0, 1, "float32", 2);
const gain = [0.5, 2];
const offset = [1, -3];

/** The same through tfjs-layers' batch normalization in training, whose gradients come from the tape. */
function throughLayers(x: Tensor, weights: { gain: Tensor; offset: Tensor }): Tensor {
  const layer = layers.batchNormalization({ axis: -1, epsilon: 1e-3 });
  layer.build(shape);
  layer.setWeights([weights.gain, weights.offset, tensor1d([0, 0]), tensor1d([1, 1])]);
  return layer.apply(x, { training: true }) as Tensor;
}

const worst = (a: Tensor, b: Tensor) => {
  const other = b.dataSync();
  return Math.max(...Array.from(a.dataSync(), (value, i) => Math.abs(value - (other[i] ?? Number.NaN))));
};

describe.each(["cpu", "wasm"])("batch normalization on %s", (backend) => {
  it("has the value of tfjs-layers' own", async () => {
    await setBackend(backend);
    const weights = { gain: tensor1d(gain), offset: tensor1d(offset) };
    const ours = normalizeBatch(images(), weights.gain, weights.offset);
    expect(worst(ours, throughLayers(images(), weights))).toBeLessThan(1e-5);
  });

  it("has the gradients of central differences in images, gain and offset", async () => {
    await setBackend(backend);
    const loss = (x: Tensor, g: Tensor, o: Tensor) => sum(mul(normalizeBatch(x, g, o), upstream()));
    const given = [images(), tensor1d(gain), tensor1d(offset)];
    const found = grads((x, g, o) => loss(x as Tensor, g as Tensor, o as Tensor))(given);
    const step = 1e-2;
    for (const [which, gradient] of found.entries()) {
      const values = (given[which] as Tensor).dataSync();
      for (const index of [0, values.length - 1]) {
        const moved = (by: number) => {
          const changed = tensor(
            values.map((value, i) => (i === index ? value + by : value)),
            (given[which] as Tensor).shape,
          );
          return loss(...(given.with(which, changed) as [Tensor, Tensor, Tensor])).dataSync()[0] as number;
        };
        const slope = (moved(step) - moved(-step)) / (2 * step);
        expect(gradient.dataSync()[index]).toBeCloseTo(slope, 2);
      }
    }
  });
});

describe("the layer", () => {
  it("uses the running statistics after training: nearly the same as in training", async () => {
    await setBackend("cpu");
    const entry = input({ shape: [null, null, 2] });
    const net = model({ inputs: entry, outputs: new BatchNormalization({}).apply(entry) as typeof entry });
    const x = images();
    let trained = net.apply(x, { training: true }) as Tensor;
    for (let step = 0; step < 80; step++) trained = net.apply(x, { training: true }) as Tensor;
    expect(worst(net.apply(x) as Tensor, trained)).toBeLessThan(1e-3); // 0.9^80 of the first statistics is left
    expect(net.trainableWeights).toHaveLength(2);
  });

  it("keeps no tensor alive over training steps", async () => {
    await setBackend("wasm");
    const entry = input({ shape: [null, null, 2] });
    const net = model({ inputs: entry, outputs: new BatchNormalization({}).apply(entry) as typeof entry });
    const x = images();
    const step = () => tidy(() => void (net.apply(x, { training: true }) as Tensor).dataSync());
    step();
    const before = memory().numTensors;
    for (let i = 0; i < 10; i++) step();
    expect(memory().numTensors).toBe(before);
  });
});
