import { overlap } from "@lossary/core-reduce";
import {
  contingency,
  diceFromOverlap,
  diceLoss,
  focalTverskyFromOverlap,
  focalTverskyLoss,
  generalizedDiceFromOverlap,
  generalizedDiceLoss,
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
  squaredErrors,
  tverskyFromOverlap,
  tverskyLoss,
} from "@lossary/losses-region";
import { onEachBackend } from "@lossary/test-kit";
import { add, slice, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

type Sums = Record<string, Tensor>;
type Statistic = (labels: Tensor, predictions: Tensor, options?: never) => object;
type FromSums = (sums: never, options?: never) => Tensor;
type Loss = (labels: Tensor, predictions: Tensor, options?: never) => Tensor;

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

function addSums(first: Sums, second: Sums): Sums {
  return Object.fromEntries(Object.entries(first).map(([name, sums]) => [name, add(sums, second[name] as Tensor)]));
}

onEachBackend("losses from sums", () => {
  for (const [name, [loss, statistic, fromSums]] of Object.entries(losses)) {
    it(`${name} of the added sums of two parts is that of the whole, for each reduction`, () => {
      for (const reduction of ["mean", "sum", "sample", "none"]) {
        for (const includeBackground of [true, false]) {
          const options = { activation: "softmax", reduction, includeBackground, classWeights: [1, 2, 3] };
          const [whole, added] = tidy(() => {
            const sums = addSums(part(statistic, 0, 4, options), part(statistic, 4, 6, options));
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
