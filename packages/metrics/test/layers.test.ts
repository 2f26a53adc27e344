import { byOutput, withOptions } from "@lossary/core-reduce";
import { averageSurfaceDistance, diceCoefficient, hausdorff95, meanIoU } from "@lossary/metrics";
import { onEachBackend } from "@lossary/test-kit";
import { io, mean, memory, square, type Tensor, tensor, train } from "@tensorflow/tfjs-core";
import { type LayersModel, layers, loadLayersModel, type Sequential, sequential } from "@tensorflow/tfjs-layers";
import { expect, it } from "vitest";

/** Logits are what comes in. */
function network(): Sequential {
  const made = sequential({ layers: [layers.dense({ units: 2, inputShape: [6, 2], name: "voxels" })] });
  made.setWeights([tensor([1, 0, 0, 1], [2, 2]), tensor([0, 0])]);
  return made;
}

const options = { activation: "softmax", includeBackground: false } as const;
const spaced = { ...options, spacing: 2, percentile: 100 } as const;
const metrics = () =>
  byOutput({
    voxels: [
      withOptions(diceCoefficient, options),
      withOptions(meanIoU, options),
      withOptions(hausdorff95, spaced),
      withOptions(averageSurfaceDistance, { ...options, spacing: 2 }),
    ],
  });
const names = ["diceCoefficient", "meanIoU", "hausdorff95", "averageSurfaceDistance"];
const compiled = (model: LayersModel) => {
  model.compile({ optimizer: model.optimizer ?? train.sgd(0.01), loss: "meanSquaredError", metrics: metrics() });
  return model;
};

/** 0 1 1 1 0 0 against 0 0 1 1 1 1: I 2, A 3, B 4; surfaces {1, 3} and {2, 5}, distances 1 1 and 1 2 in steps of 2. */
const truth = () => tensor([1, 0, 0, 1, 0, 1, 0, 1, 1, 0, 1, 0], [1, 6, 2]);
const logits = () => tensor([3, 0, 3, 0, 0, 3, 0, 3, 0, 3, 0, 3], [1, 6, 2]);
const expected = [4 / 7, 2 / 5, 4, 2.5];

/** What the model says of the metrics, the loss left out. */
function evaluated(model: LayersModel): number[] {
  const values = model.evaluate(logits(), truth()) as Tensor[];
  return values.slice(1).map((value) => value.dataSync()[0] as number);
}

onEachBackend("metrics in tfjs-layers", () => {
  it("are those of hard predictions, distances in the units of the spacing", () => {
    const model = compiled(network());
    expect(model.metricsNames).toEqual(["loss", ...names]);
    expect(evaluated(model)).toBeClose(expected);
  });

  it("are reported by fit and by fitDataset, of integer labels too", async () => {
    const model = compiled(network());
    const { history } = await model.fit(logits(), truth(), { epochs: 1, verbose: 0 });
    expect(names.map((name) => history[name]?.[0] as number)).toBeClose(expected, { relative: 1e-5 });
    const batches = ["batch"].values();
    const dataset = {
      iterator: async () => ({
        next: async () => {
          const done = batches.next().done === true;
          const ys = tensor([0, 1, 1, 1, 0, 0], [1, 6], "int32");
          return { value: done ? null : { xs: logits(), ys }, done };
        },
      }),
    };
    const indexed = network();
    const loss = (_truth: Tensor, predicted: Tensor) => mean(square(predicted));
    indexed.compile({ optimizer: train.sgd(0), loss, metrics: metrics() });
    const told = await indexed.fitDataset(dataset as never, { epochs: 1, verbose: 0 });
    expect(names.map((name) => told.history[name]?.[0] as number)).toBeClose(expected, { relative: 1e-5 });
  });

  it("do not keep a model from being saved with its optimizer, loaded, compiled again and trained on", async () => {
    const model = compiled(network());
    let artifacts: io.ModelArtifacts | undefined;
    const handler = io.withSaveHandler(async (given) => {
      artifacts = given;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
    });
    await model.save(handler, { includeOptimizer: true });
    const loaded = compiled(await loadLayersModel(io.fromMemory(artifacts as unknown as io.ModelArtifacts)));
    expect(evaluated(loaded)).toBeClose(expected);
    const fit = { epochs: 2, verbose: 0 } as const;
    const [through, again] = [await model.fit(logits(), truth(), fit), await loaded.fit(logits(), truth(), fit)];
    for (const name of ["loss", ...names]) {
      expect(again.history[name] as number[]).toBeClose(through.history[name] as number[], { relative: 1e-6 });
    }
  });

  it("leave nothing behind", () => {
    const model = compiled(network());
    const [xs, ys] = [logits(), truth()];
    const once = () => (model.evaluate(xs, ys) as Tensor[]).forEach((value) => void value.dispose());
    once();
    const before = memory().numTensors;
    once();
    expect(memory().numTensors).toBe(before);
  });
});
