import * as boundary from "@lossary/losses-boundary";
import * as compound from "@lossary/losses-compound";
import * as distribution from "@lossary/losses-distribution";
import * as region from "@lossary/losses-region";
import * as metrics from "@lossary/metrics";
import { tensor } from "@tensorflow/tfjs-core";
import fc from "fast-check";
import type { Plain } from "../content.ts";
import { optionNames, options, type TermNames, termNames } from "../options.ts";
import { sizes } from "../shapes.ts";
import type { Subject } from "../subject.ts";
import { indices, labels, misfit, predictions, spoiled } from "../tensors.ts";

/** A function of labels, predictions and options. */
export type LossLike = (labels: never, predictions: never, options?: never) => unknown;

/** Losses whose options stand in a record of a compound loss, by the names of these records. */
const termLosses: Readonly<Record<(typeof termNames)[number], LossLike>> = {
  boundary: boundary.boundaryLoss,
  crossEntropy: distribution.crossEntropyLoss,
  dice: region.diceLoss,
  focal: distribution.focalLoss,
  generalizedDice: region.generalizedDiceLoss,
  hausdorff: boundary.hausdorffDistanceLoss,
  topK: distribution.topKLoss,
  tversky: region.tverskyLoss,
};

/** The names of the options of a loss, and of the terms among them. */
export function namesOf(loss: LossLike): { names: readonly string[]; terms: TermNames } {
  const names = optionNames(loss, [tensor([0, 1], [1, 2], "int32"), tensor([0, 1], [1, 2, 1])]);
  const terms = termNames.filter((name) => names.includes(name));
  return { names, terms: Object.fromEntries(terms.map((name) => [name, namesOf(termLosses[name]).names])) };
}

/** Labels, predictions and options, most of which fit together; and options of what is made of the result. */
export function lossCalls(loss: LossLike, further: readonly string[] = []): fc.Arbitrary<readonly unknown[]> {
  const { names, terms } = namesOf(loss);
  return sizes.chain((given) => {
    const fitting = fc
      .tuple(labels(given), predictions(given), options(names, given, terms), fc.boolean())
      .map(([g, p, chosen, spoil]) => {
        const weights = chosen.weights as Plain | undefined;
        const fits = weights?.tensor?.includes(0) && weights.shape.join() === p.shape.slice(0, -1).join();
        // a term with weights of its own reads other voxels
        const ownWeights = Object.values(chosen).some((own) => own instanceof Object && "weights" in own);
        return weights && spoil && fits && !ownWeights
          ? [spoiled(g, weights), spoiled(p, weights), chosen]
          : [g, p, chosen];
      });
    const ignoring = fc
      .tuple(indices(given), predictions(given), options(names, given, terms))
      .map(([g, p, chosen]) => [
        g,
        p,
        { ...chosen, ...(names.includes("ignoreLabel") && { ignoreLabel: g.tensor[0] }) },
      ]);
    const wrong = fc.oneof(
      fc.tuple(misfit(given), predictions(given), options(names, given, terms)),
      fc.tuple(labels(given), misfit(given), options(names, given, terms)),
      // exchanged: class indices are no predictions; dense labels would be, and whether numbers are probabilities nobody looks
      fc.tuple(predictions({ ...given, activation: "none" }), indices(given)),
    );
    const call = fc.oneof(
      { weight: 8, arbitrary: fitting },
      { weight: 2, arbitrary: ignoring },
      { weight: 1, arbitrary: wrong },
    );
    if (further.length === 0) return call;
    return fc.tuple(call, options(further, given)).map(([[g, p, chosen], other]) => [g, p, chosen, other]);
  });
}

const packages = {
  "losses-boundary": boundary,
  "losses-compound": compound,
  "losses-distribution": distribution,
  "losses-region": region,
};

/** Makers of losses, which take no labels. */
const makers = ["blobLoss"];

const losses: Subject[] = Object.entries(packages).flatMap(([from, exported]) =>
  Object.entries(exported)
    .filter(([name]) => name.endsWith("Loss") && !makers.includes(name))
    .map(([name, loss]) => {
      const call = loss as LossLike;
      const { names } = namesOf(call);
      const speaksFor = termNames.filter((term) => names.includes(term)).map((term) => termLosses[term].name);
      return { name, from, call, given: lossCalls(call), gradientOf: 1, speaksFor };
    }),
);

const measures: Subject[] = Object.entries(metrics as Readonly<Record<string, unknown>>)
  .filter(([name]) => name !== "surfaceDistances")
  .map(([name, metric], _, all) => {
    const now = name.replace("Async", "");
    // the later form tells its options in a promise
    const atOnce = all.find(([other]) => other === now)?.[1] as LossLike;
    return { name, from: "metrics", call: metric as LossLike, given: lossCalls(atOnce), speaksFor: [now] };
  });

/** Losses and metrics. */
export const lossSubjects: readonly Subject[] = [...losses, ...measures];
