import { byOutput, lossFromConfig, withOptions } from "@lossary/core-reduce";
import { boundaryLoss, rampBoundary } from "@lossary/losses-boundary";
import { deepSupervisionLosses, diceBoundaryLoss, diceCrossEntropyLoss, scheduled } from "@lossary/losses-compound";
import { diceLoss } from "@lossary/losses-region";
import { onEachBackend } from "@lossary/test-kit";
import { image, io, memory, mul, type Tensor, type Tensor4D, tensor, tidy, train } from "@tensorflow/tfjs-core";
import { input, type LayersModel, layers, loadLayersModel, model, sequential } from "@tensorflow/tfjs-layers";
import { expect, it } from "vitest";

const images = () =>
  tensor(
    Array.from({ length: 64 }, (_, i) => Math.sin(i * 0.9)),
    [2, 4, 4, 2],
  );
const labels = () =>
  tensor(
    Array.from({ length: 32 }, (_, i) => (Math.sin(i * 1.8) > 0 ? 1 : 0)),
    [2, 4, 4],
    "int32",
  );
const masks = () => tensor(Array.from(labels().dataSync(), (label) => [1 - label, label]).flat(), [2, 4, 4, 2]);

/** One layer, always with the same weights. */
function network(): LayersModel {
  const made = sequential({
    layers: [layers.dense({ inputShape: [4, 4, 2], units: 2 })],
  });
  made.setWeights([tensor([0.1, -0.2, 0.3, 0.1], [2, 2]), tensor([0, 0.1])]);
  return made;
}

/** A layer for images and one for half images, always with the same weights. */
function twoOutputs(): LayersModel {
  const [x, half] = [input({ shape: [4, 4, 2] }), input({ shape: [2, 2, 2] })];
  const fine = layers.dense({ units: 2, name: "fine" }).apply(x) as never;
  const coarse = layers.dense({ units: 2, name: "coarse" }).apply(half) as never;
  const made = model({ inputs: [x, half], outputs: [fine, coarse] });
  const weights = () => [tensor([0.1, -0.2, 0.3, 0.1], [2, 2]), tensor([0, 0.1])];
  made.setWeights([...weights(), ...weights()]);
  return made;
}

/** What is saved of a model and its optimizer. */
async function saved(of: LayersModel): Promise<io.ModelArtifacts> {
  let artifacts: io.ModelArtifacts | undefined;
  const handler = io.withSaveHandler(async (given) => {
    artifacts = given;
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
  });
  await of.save(handler, { includeOptimizer: true });
  return artifacts as unknown as io.ModelArtifacts;
}

/** Batches as `fitDataset` takes them. */
function dataset(batch: () => { xs: unknown; ys: unknown }) {
  return {
    iterator: async () => {
      let done = false;
      const next = async () => {
        if (done) return { value: null, done };
        done = true;
        return { value: batch(), done: false };
      };
      return { next };
    },
  } as never;
}

const options = { activation: "softmax", dice: { smooth: 1 } } as const;
const lossesOf = (history: { history: Record<string, unknown[]> }) => history.history.loss as number[];
const fit = { epochs: 3, batchSize: 2, shuffle: false, verbose: 0 } as const;

onEachBackend("losses in tfjs-layers", () => {
  it("train, are saved with the optimizer, loaded, compiled again, and go on as if nothing had happened", async () => {
    const loss = withOptions(diceCrossEntropyLoss, options);
    const through = network();
    through.compile({ optimizer: train.adam(0.05), loss });
    const first = lossesOf(await through.fit(images(), masks(), fit));
    expect(first[2]).toBeLessThan(first[0] as number);

    const artifacts = await saved(through);
    const json = JSON.stringify(loss);
    const expected = lossesOf(await through.fit(images(), masks(), fit));

    const loaded = await loadLayersModel(io.fromMemory(artifacts));
    loaded.compile({ optimizer: loaded.optimizer, loss: lossFromConfig(json, { diceCrossEntropyLoss }) });
    const again = lossesOf(await loaded.fit(images(), masks(), fit));
    expect(again).toBeClose(expected, { relative: 1e-5 });
  });

  it("take integer labels from fitDataset", async () => {
    const given = network();
    given.compile({ optimizer: train.sgd(0), loss: withOptions(diceLoss, { activation: "softmax" }) });
    const history = await given.fitDataset(
      dataset(() => ({ xs: images(), ys: labels() })),
      { epochs: 1, verbose: 0 },
    );
    const expected = tidy(() =>
      diceLoss(labels(), given.predict(images()) as Tensor, { activation: "softmax" }),
    ).dataSync();
    expect(lossesOf(history)).toBeClose(expected, { relative: 1e-5 });
  });

  it("supervise outputs at several resolutions, with one loss an output", async () => {
    const outputs = twoOutputs();
    const coarseImages = () => image.resizeNearestNeighbor(images() as Tensor4D, [2, 2]);
    const loss = deepSupervisionLosses(withOptions(diceCrossEntropyLoss, options), [0.75, 0.25]);
    outputs.compile({ optimizer: train.adam(0.05), loss: loss as never });
    const history = await outputs.fitDataset(
      dataset(() => ({ xs: [images(), coarseImages()], ys: { fine: labels(), coarse: labels() } })),
      { epochs: 8, verbose: 0 },
    );
    const losses = lossesOf(history);
    expect(losses[7]).toBeLessThan((losses[0] as number) - 0.05);
    const [ofFine, ofCoarse] = [history.history.fine_loss?.[0], history.history.coarse_loss?.[0]] as number[];
    expect(losses[0]).toBeClose((ofFine as number) + (ofCoarse as number), { relative: 1e-5 });
  });

  it("of several outputs are saved with the optimizer, loaded, compiled again, and go on as if nothing had happened", async () => {
    const loss = withOptions(diceCrossEntropyLoss, options);
    const supervised = (of: LayersModel, inner: typeof loss) => {
      const [fine, coarse] = deepSupervisionLosses(inner, [0.75, 0.25]) as [typeof loss, typeof loss];
      of.compile({ optimizer: of.optimizer ?? train.adam(0.05), loss: byOutput({ fine, coarse }) });
      return of;
    };
    const epochs = { epochs: 3, verbose: 0 } as const;
    const batches = () =>
      dataset(() => ({
        xs: [images(), image.resizeNearestNeighbor(images() as Tensor4D, [2, 2])],
        ys: { fine: labels(), coarse: labels() },
      }));
    const through = supervised(twoOutputs(), loss);
    const first = lossesOf(await through.fitDataset(batches(), epochs));
    expect(first[2]).toBeLessThan(first[0] as number);

    const artifacts = await saved(through);
    const expected = lossesOf(await through.fitDataset(batches(), epochs));
    const loaded = await loadLayersModel(io.fromMemory(artifacts));
    supervised(loaded, lossFromConfig(JSON.stringify(loss), { diceCrossEntropyLoss }) as typeof loss);
    expect(lossesOf(await loaded.fitDataset(batches(), epochs))).toBeClose(expected, { relative: 1e-5 });
  });

  it("follow a schedule from epoch to epoch", async () => {
    const epochs: number[] = [];
    const { loss, callback } = scheduled((epoch) => {
      epochs.push(epoch);
      return (g: Tensor, p: Tensor, given?: object) =>
        mul(diceLoss(g, p, { ...given, activation: "softmax" }), 2 ** epoch);
    });
    const given = network();
    given.compile({ optimizer: train.sgd(0), loss });
    const losses = lossesOf(await given.fit(images(), masks(), { ...fit, callbacks: callback }));
    expect(epochs).toEqual([0, 0, 1, 2]);
    expect(losses.map((value) => value / (losses[0] as number))).toBeClose([1, 2, 4], { relative: 1e-5 });
  });

  it("let the boundary grow in, epoch by epoch: Dice + (0.1 + 0.3 e) boundary", async () => {
    const activation = "softmax";
    const ramp = { start: 0.1, step: 0.3 };
    const { loss, callback } = scheduled((epoch) =>
      withOptions(diceBoundaryLoss, { activation, boundaryWeight: rampBoundary(epoch, ramp) }),
    );
    const given = network();
    given.compile({ optimizer: train.sgd(0), loss });
    const losses = lossesOf(await given.fit(images(), masks(), { ...fit, callbacks: callback }));
    const [dice, boundary] = [diceLoss, boundaryLoss].map(
      (term) => tidy(() => term(masks(), given.predict(images()) as Tensor, { activation })).dataSync()[0] as number,
    ) as [number, number];
    expect(losses).toBeClose(
      [0.1, 0.4, 0.7].map((weight) => dice + weight * boundary),
      { relative: 1e-5 },
    );
  });

  it("refuse a schedule of no losses", () => {
    expect(() => scheduled(1 as never)).toThrow("scheduled: lossOfEpoch must be a function (got 1)");
    expect(() => scheduled(() => 1 as never)).toThrow("scheduled: lossOfEpoch(0) must be a loss (got 1)");
  });

  it("leak nothing", async () => {
    const given = network();
    given.compile({ optimizer: train.sgd(0.1), loss: withOptions(diceCrossEntropyLoss, options) });
    const [xs, ys] = [images(), masks()];
    await given.fit(xs, ys, fit);
    const before = memory().numTensors;
    await given.fit(xs, ys, fit);
    expect(memory().numTensors).toBe(before);
  });
});
