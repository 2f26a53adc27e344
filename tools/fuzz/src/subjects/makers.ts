import { lossFromConfig, withOptions } from "@lossary/core-reduce";
import * as compound from "@lossary/losses-compound";
import { diceBoundaryLoss } from "@lossary/losses-compound";
import { crossEntropyLoss, focalLoss } from "@lossary/losses-distribution";
import { diceLoss, iouLoss, lovaszSoftmaxLoss } from "@lossary/losses-region";
import type { Tensor } from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { factor, nonsense, plain, rarely } from "../content.ts";
import { options } from "../options.ts";
import { denseShape, sizes } from "../shapes.ts";
import type { Subject } from "../subject.ts";
import { labels, predictions } from "../tensors.ts";
import { type LossLike, lossCalls } from "./losses.ts";

const inner = { crossEntropyLoss, diceBoundaryLoss, diceLoss, focalLoss, iouLoss, lovaszSoftmaxLoss };
const anyLoss = fc.constantFrom(...(Object.values(inner) as LossLike[]));
const innerNames = Object.keys(inner);
const shared = ["activation", "multiLabel", "reduction", "classWeights", "includeBackground", "weights", "fused"];
const sharedCalls = sizes.chain((given) => fc.tuple(labels(given), predictions(given), options(shared, given)));
const called = (loss: unknown, call: readonly unknown[]) => (loss as (...given: unknown[]) => unknown)(...call);

const terms = fc.array(
  fc.record(
    { loss: rarely(anyLoss), weight: rarely(factor), name: fc.constantFrom("a", "b", "total") },
    { requiredKeys: ["loss"] },
  ),
  { maxLength: 3 },
);

/** Outputs of several resolutions, the first the finest. */
const outputs = sizes.chain((given) =>
  fc
    .tuple(labels(given), fc.integer({ min: 1, max: 3 }), options(shared, given))
    .chain(([truth, levels, chosen]) =>
      fc
        .tuple(
          ...Array.from({ length: levels }, (_, level) =>
            plain(
              denseShape({ ...given, spatial: given.spatial.map((side) => Math.ceil(side / 2 ** level)) }),
              fc.constantFrom(0, 0.25, 1, 0.5),
            ),
          ),
        )
        .map((predicted) => [truth, predicted, chosen]),
    ),
);

const numbers = rarely(fc.array(rarely(factor), { minLength: 0, maxLength: 3 }));

/** What makes losses out of losses. */
export const makerSubjects: readonly Subject[] = [
  {
    name: "weightedSum",
    from: "losses-compound",
    given: fc.tuple(rarely(terms), sharedCalls),
    call: (given: never, call: never) => called(compound.weightedSum(given), call),
    speaksFor: innerNames,
  },
  {
    name: "blobLoss",
    from: "losses-compound",
    given: fc.tuple(
      rarely(anyLoss),
      rarely(fc.record({ mainWeight: rarely(factor), blobWeight: rarely(factor) }, { requiredKeys: [] })),
      lossCalls(crossEntropyLoss as LossLike),
    ),
    call: (loss: never, weights: never, call: never) => called(compound.blobLoss(loss, weights), call),
    speaksFor: innerNames,
  },
  {
    name: "deepSupervision",
    from: "losses-compound",
    given: fc.tuple(rarely(anyLoss), fc.option(numbers, { nil: undefined }), outputs),
    call: (loss: never, weights: never, call: never) => called(compound.deepSupervision(loss, weights), call),
    speaksFor: innerNames,
  },
  {
    name: "deepSupervisionLosses",
    from: "losses-compound",
    given: fc.tuple(rarely(anyLoss), fc.oneof(numbers, fc.constantFrom(1, 2, 3)), outputs),
    call: (loss: never, weights: never, [truth, predicted, chosen]: readonly [Tensor, readonly Tensor[], never]) =>
      compound
        .deepSupervisionLosses(loss, weights)
        .map((one, level) => one(truth, predicted[level] ?? (predicted[0] as Tensor), chosen)),
    speaksFor: [...innerNames, "deepSupervisionWeights"],
  },
  {
    name: "deepSupervisionWeights",
    from: "losses-compound",
    given: fc.tuple(fc.oneof(fc.integer({ min: 1, max: 20 }), nonsense)),
    call: (levels: never) => compound.deepSupervisionWeights(levels),
  },
  {
    name: "scheduled",
    from: "losses-compound",
    given: fc.tuple(rarely(fc.func(rarely(anyLoss))), fc.nat(100), sharedCalls),
    call: async (lossOfEpoch: never, epoch: never, call: never) => {
      const { loss, callback } = compound.scheduled(lossOfEpoch);
      await callback.onEpochBegin(epoch);
      return called(loss, call);
    },
    speaksFor: innerNames,
  },
  {
    name: "withOptions",
    from: "core-reduce",
    given: fc.tuple(
      rarely(anyLoss),
      rarely(sizes.chain((given) => options(shared, given))),
      fc.option(rarely(fc.constantFrom("myLoss", "x", "")), { nil: undefined }),
      sharedCalls,
    ),
    call: (loss: never, chosen: never, name: never, call: never) => called(withOptions(loss, chosen, name), call),
    speaksFor: innerNames,
  },
  {
    name: "lossFromConfig",
    from: "core-reduce",
    given: fc.tuple(configs(), sharedCalls),
    call: (config: never, call: never) => {
      const loss = lossFromConfig(config, { ...inner, ...compound });
      const again = JSON.stringify(loss);
      if (JSON.stringify(lossFromConfig(again, { ...inner, ...compound })) !== again) {
        throw new Error(`${again} describes another loss than it was made of`);
      }
      return called(loss, call);
    },
    speaksFor: [...innerNames, "weightedSum", "blobLoss", "deepSupervision", "withOptions"],
  },
];

/** Descriptions of losses as they may come from a file: right, damaged, and hostile. */
function configs(): fc.Arbitrary<unknown> {
  const named = fc.constantFrom(...innerNames, "nowhere", "constructor", "__proto__");
  const settled = fc
    .tuple(named, fc.record({ smooth: factor }, { requiredKeys: [] }))
    .map(([loss, chosen]) => ({ loss, options: chosen }));
  const sum = fc.array(settled, { maxLength: 2 }).map((given) => ({
    make: "weightedSum",
    from: [given.map((loss, place) => ({ loss, name: `term${place}` }))],
  }));
  const config = fc.oneof(
    { weight: 4, arbitrary: settled },
    { weight: 3, arbitrary: sum },
    { weight: 1, arbitrary: settled.map((loss) => ({ make: "blobLoss", from: [loss, {}] })) },
    { weight: 1, arbitrary: fc.jsonValue() },
    { weight: 1, arbitrary: nonsense.filter((value) => typeof value !== "bigint" && typeof value !== "symbol") },
  );
  return fc.oneof(
    config,
    config.map((value) => JSON.stringify(value)),
    fc.string(),
  );
}
