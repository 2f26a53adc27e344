import * as core from "@lossary/core-reduce";
import * as distribution from "@lossary/losses-distribution";
import * as region from "@lossary/losses-region";
import { type Tensor, tidy } from "@tensorflow/tfjs-core";
import { optionNames } from "../options.ts";
import type { Subject } from "../subject.ts";
import { type LossLike, lossCalls } from "./losses.ts";

type Statistic = (labels: Tensor, predictions: Tensor, options?: never) => object;
type FromSums = (sums: never, options?: never) => Tensor;

const statistics: Readonly<Record<string, readonly [from: string, statistic: Statistic]>> = {
  confusion: ["losses-region", region.confusion],
  contingency: ["losses-region", region.contingency],
  crossEntropyMap: ["core-reduce", core.crossEntropyMap],
  crossEntropySums: ["core-reduce", core.crossEntropySums],
  overlap: ["core-reduce", core.overlap],
  poweredErrors: ["losses-region", region.poweredErrors],
  skeletonOverlap: ["losses-region", region.skeletonOverlap],
  squaredErrors: ["losses-region", region.squaredErrors],
};

const made: Subject[] = Object.entries(statistics).map(([name, [from, statistic]]) => ({
  name,
  from,
  call: statistic as LossLike,
  given: lossCalls(statistic as LossLike),
}));

/** Which statistic a loss of sums takes. */
const sources: readonly (readonly [suffix: string, statistic: Statistic])[] = [
  ["clDiceFromOverlap", region.skeletonOverlap],
  ["noiseRobustDiceFromErrors", region.poweredErrors],
  ["sensitivitySpecificityFromErrors", region.squaredErrors],
  ["FromConfusion", region.confusion],
  ["FromContingency", region.contingency],
  ["FromOverlap", core.overlap],
  ["FromSums", core.crossEntropySums],
];

const fromSums: Subject[] = Object.entries({ "losses-region": region, "losses-distribution": distribution }).flatMap(
  ([from, exported]) =>
    Object.entries(exported)
      .filter(([name]) => /From[A-Z]/.test(name))
      .map(([name, loss]) => {
        const statistic = sources.find(([suffix]) => name.endsWith(suffix))?.[1];
        if (statistic === undefined) throw new Error(`the fuzzer knows no sums for ${name}`);
        const take = loss as FromSums;
        const names = optionNames(take, [{}]);
        return {
          name,
          from,
          speaksFor: [statistic.name],
          gradientOf: 1,
          // the statistic reads its own options, the loss those of the equation
          given: lossCalls(statistic as LossLike, names),
          call: (g: never, p: never, own: never, chosen: never) =>
            tidy(() => take(statistic(g, p, own) as never, chosen)),
        };
      }),
);

/** Sums over voxels, and losses made of them. */
export const statisticSubjects: readonly Subject[] = [...made, ...fromSums];
