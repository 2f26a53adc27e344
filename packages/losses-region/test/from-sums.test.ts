import { addSums, alongSlopes, overlap, slopesOfSums, splitSums, stackSums } from "@lossary/core-reduce";
import {
  clDiceFromOverlap,
  clDiceLoss,
  confusion,
  contingency,
  diceFromOverlap,
  diceLoss,
  focalTverskyFromOverlap,
  focalTverskyLoss,
  generalizedDiceFromOverlap,
  generalizedDiceLoss,
  generalizedWassersteinDiceFromConfusion,
  generalizedWassersteinDiceLoss,
  iouFromOverlap,
  iouLoss,
  logCoshDiceFromOverlap,
  logCoshDiceLoss,
  matthewsCorrelationFromContingency,
  matthewsCorrelationLoss,
  noiseRobustDiceFromErrors,
  noiseRobustDiceLoss,
  poweredErrors,
  sensitivitySpecificityFromErrors,
  sensitivitySpecificityLoss,
  skeletonOverlap,
  squaredErrors,
  tverskyFromOverlap,
  tverskyLoss,
} from "@lossary/losses-region";
import { onEachBackend } from "@lossary/test-kit";
import { concat, grad, slice, split, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

type Sums = Record<string, Tensor>;
type Statistic = (labels: Tensor, predictions: Tensor, options?: never) => object;
type FromSums = (sums: never, options: never) => Tensor;
type Loss = (labels: Tensor, predictions: Tensor, options: never) => Tensor;

/** Each loss with the statistic that it is made of and the function from that to the loss. */
const losses: Record<string, [Loss, Statistic, FromSums]> = {
  diceLoss: [diceLoss, overlap, diceFromOverlap],
  focalTverskyLoss: [focalTverskyLoss, overlap, focalTverskyFromOverlap],
  generalizedDiceLoss: [generalizedDiceLoss, overlap, generalizedDiceFromOverlap],
  iouLoss: [iouLoss, overlap, iouFromOverlap],
  logCoshDiceLoss: [logCoshDiceLoss, overlap, logCoshDiceFromOverlap],
  matthewsCorrelationLoss: [matthewsCorrelationLoss, contingency, matthewsCorrelationFromContingency],
  noiseRobustDiceLoss: [noiseRobustDiceLoss, poweredErrors, noiseRobustDiceFromErrors],
  sensitivitySpecificityLoss: [sensitivitySpecificityLoss, squaredErrors, sensitivitySpecificityFromErrors],
  tverskyLoss: [tverskyLoss, overlap, tverskyFromOverlap],
};

const shape = [2, 10, 3];
const labels = () =>
  tensor(
    Array.from({ length: 20 }, (_, i) => (i * 7 + (i >> 2)) % 3),
    [2, 10],
    "int32",
  );
const logits = () =>
  tensor(
    Array.from({ length: 60 }, (_, i) => 2 * Math.sin(i * 1.7)),
    shape,
  );

/** The statistic of the voxels from `from` on, `count` of them. */
function part(statistic: Statistic, from: number, count: number, options: object): Sums {
  return statistic(
    slice(labels(), [0, from], [2, count]),
    slice(logits(), [0, from, 0], [2, count, 3]),
    options as never,
  ) as Sums;
}

const distanceMatrix = [
  [0, 2, 3],
  [2, 0, 1],
  [3, 1, 0],
];

/** Those too whose statistic is not taken of any part of an image, or not of every class. */
const inShards: Record<string, [Loss, Statistic, FromSums, object?]> = {
  ...losses,
  clDiceLoss: [clDiceLoss, skeletonOverlap, clDiceFromOverlap],
  generalizedWassersteinDiceLoss: [
    generalizedWassersteinDiceLoss,
    confusion,
    generalizedWassersteinDiceFromConfusion,
    { distanceMatrix, weighting: "volume" },
  ],
};

/** Three samples, in shards of two and one; the last class is absent from the last sample. */
const rows = [2, 1];
const samples = () =>
  tensor(
    Array.from({ length: 30 }, (_, i) => (i * 7 + (i >> 2)) % (i < 20 ? 3 : 2)),
    [3, 10],
    "int32",
  );
const ofSamples = () =>
  tensor(
    Array.from({ length: 90 }, (_, i) => 2 * Math.sin(i * 1.7)),
    [3, 10, 3],
  );

/** The gradient of the loss of all samples, made in shards: sums forwards, slopes of the whole, backwards over each shard alone. */
function gradientInShards(statistic: Statistic, fromSums: FromSums, options: object, over: "sample" | "batch"): Tensor {
  const shards = split(samples(), rows).map((labels, index) => {
    const predictions = split(ofSamples(), rows)[index] as Tensor;
    const sums = (p: Tensor) => {
      const own = statistic(labels, p, options as never) as Sums;
      return over === "batch" ? addSums([own], { over }) : own;
    };
    return { predictions, sums };
  });
  const sent = shards.map(({ predictions, sums }) => sums(predictions));
  const whole = over === "batch" ? addSums(sent) : stackSums(sent);
  const { slopes } = slopesOfSums((sums: Sums) => fromSums(sums as never, options as never), whole);
  const told = over === "batch" ? shards.map(() => slopes) : splitSums(slopes, rows);
  const slopesOf = shards.map(({ predictions, sums }, index) =>
    grad((p: Tensor) => alongSlopes(sums(p), told[index] as Sums))(predictions),
  );
  return concat(slopesOf, 0);
}

onEachBackend("losses of samples in shards", () => {
  for (const [name, [loss, statistic, fromSums, own]] of Object.entries(inShards)) {
    for (const over of ["sample", "batch"] as const) {
      it(`${name} over the ${over}: each shard goes backwards alone, and the gradient is that of one machine`, () => {
        const kinds = [{}, { reduction: "sum" }, { emptyClass: "skip" }, { emptyClass: "penalize" }];
        const takesEmptyClass = name !== "generalizedDiceLoss" && name !== "generalizedWassersteinDiceLoss";
        for (const kind of kinds.filter((kind) => takesEmptyClass || !("emptyClass" in kind))) {
          const options = { activation: "softmax", over, ...own, ...kind };
          const [whole, inParts] = tidy(() => [
            grad((p: Tensor) => loss(samples(), p, options as never))(ofSamples()),
            gradientInShards(statistic, fromSums, options, over),
          ]) as [Tensor, Tensor];
          expect(Array.from(inParts.dataSync())).toBeClose(Array.from(whole.dataSync()));
          expect(Math.max(...whole.dataSync())).toBeGreaterThan(1e-4);
        }
      });
    }
  }
});

onEachBackend("losses from sums", () => {
  for (const [name, [loss, statistic, fromSums]] of Object.entries(losses)) {
    it(`${name} of the added sums of two parts is that of the whole, for each reduction`, () => {
      for (const reduction of ["mean", "sum", "sample", "none"]) {
        for (const includeBackground of [true, false]) {
          const options = { activation: "softmax", reduction, includeBackground, classWeights: [1, 2, 3] };
          const [whole, added] = tidy(() => {
            const sums = addSums([part(statistic, 0, 4, options), part(statistic, 4, 6, options)]);
            return [loss(labels(), logits(), options as never), fromSums(sums as never, options as never)];
          }) as [Tensor, Tensor];
          expect(added.shape).toEqual(whole.shape);
          expect(Array.from(added.dataSync())).toBeClose(Array.from(whole.dataSync()));
        }
      }
    });

    it(`${name} from sums names itself in errors`, () => {
      const sums = part(statistic, 0, 10, { activation: "softmax" });
      const attempt = (options: object) => () => fromSums(sums as never, options as never);
      expect(attempt({ sommth: 1 })).toThrow(new RegExp(`^${fromSums.name}: there is no option "sommth"`));
      expect(attempt({ over: "batch", reduction: "sample" })).toThrow(new RegExp(`^${fromSums.name}: .*contradicts`));
      expect(attempt({ classWeights: [1, 2] })).toThrow(
        new RegExp(`^${fromSums.name}: classWeights must be 3 numbers`),
      );
    });
  }
});
