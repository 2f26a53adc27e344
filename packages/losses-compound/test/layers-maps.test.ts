import { hausdorffField, penaltyMap, signedDistanceMap } from "@lossary/distance-map";
import { boundaryLoss, hausdorffDistanceLoss } from "@lossary/losses-boundary";
import { distancePenalizedCrossEntropyLoss } from "@lossary/losses-distribution";
import { onEachBackend } from "@lossary/test-kit";
import { cast, concat, expandDims, split, type Tensor, tensor, tidy, train } from "@tensorflow/tfjs-core";
import { type LayersModel, layers, sequential } from "@tensorflow/tfjs-layers";
import { describe, expect, it } from "vitest";

type Loss = (labels: Tensor, predictions: Tensor, options?: object) => Tensor;

/** Each loss, the map that a loader makes for it, and the options that say the same of a map made inside. */
const losses: Record<string, [loss: Loss, make: (labels: Tensor) => Tensor, own?: object]> = {
  boundaryLoss: [boundaryLoss, (labels) => signedDistanceMap(labels, { classes: 2, spacing: 1.5 })],
  hausdorffDistanceLoss: [
    hausdorffDistanceLoss,
    (labels) => hausdorffField(labels, { classes: 2, spacing: 1.5, alpha: 1 }),
    { sided: "target" },
  ],
  distancePenalizedCrossEntropyLoss: [
    distancePenalizedCrossEntropyLoss,
    (labels) => penaltyMap(labels, { classes: 2, spacing: 1.5 }),
  ],
};

const images = () =>
  tensor(
    Array.from({ length: 72 }, (_, i) => Math.sin(i * 0.9)),
    [2, 6, 6, 1],
  );
const labels = () =>
  tensor(
    Array.from({ length: 72 }, (_, i) => Number(i % 6 > 1 && i % 6 < 5 && Math.floor(i / 6) % 6 > 2)),
    [2, 6, 6],
    "int32",
  );

function network(): LayersModel {
  const made = sequential({ layers: [layers.dense({ inputShape: [6, 6, 1], units: 2 })] });
  made.setWeights([tensor([0.3, -0.2], [1, 2]), tensor([0, 0.1])]);
  return made;
}

/** What `fitDataset` takes: one sample after the other, as a loader yields them, a batch each. */
function loader(targets: (labels: Tensor) => Tensor) {
  return {
    iterator: async () => {
      let sample = 0;
      const next = async () => {
        if (sample === 2) return { value: null, done: true };
        const of = (all: Tensor) => split(all, 2)[sample] as Tensor;
        const value = tidy(() => ({ xs: of(images()), ys: of(targets(labels())) }));
        sample += 1;
        return { value, done: false };
      };
      return { next };
    },
  } as never;
}

async function trained(loss: Loss, targets: (labels: Tensor) => Tensor): Promise<number[]> {
  const model = network();
  model.compile({ optimizer: train.sgd(0.2), loss });
  const { history } = await model.fitDataset(loader(targets), { epochs: 3, verbose: 0 });
  return history.loss as number[];
}

onEachBackend("maps beside the labels in tfjs-layers", () => {
  describe.each(Object.entries(losses))("%s", (_name, [loss, make, own]) => {
    it("trains with a map that comes with the labels as with one made inside the loss", async () => {
      const options = { activation: "softmax", ...own };
      // labels first, then a map for each class, on the last axis of one tensor
      const beside: Loss = (targets, predictions) => {
        const [ofLabels, distanceMap] = split(targets, [1, 2], -1) as [Tensor, Tensor];
        return loss(cast(ofLabels, "int32"), predictions, { ...options, distanceMap });
      };
      const given = await trained(beside, (truth) => {
        const channel = expandDims(cast(truth, "float32"), -1);
        return concat([channel, make(truth)], -1);
      });
      const made = await trained(
        (truth, predictions) => loss(truth, predictions, { ...options, spacing: 1.5 }),
        (x) => x,
      );
      expect(given).toBeClose(made, { relative: 1e-5 });
      expect(given[2]).toBeLessThan((given[0] as number) - 1e-3);
    });
  });
});
