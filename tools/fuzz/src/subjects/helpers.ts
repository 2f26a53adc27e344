import * as core from "@lossary/core-reduce";
import * as boundary from "@lossary/losses-boundary";
import { inverseFrequencyWeights } from "@lossary/losses-distribution";
import { mul, tidy } from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { factor, nonsense, plain, positive, probability, rarely } from "../content.ts";
import { denseShape, sizes } from "../shapes.ts";
import type { Subject } from "../subject.ts";
import { indices, misfit } from "../tensors.ts";

const shape = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 0, maxLength: 3 });
const amounts = fc.oneof(factor, probability, fc.constantFrom(1e-38, 1e15).map(Math.fround));
const tensorOf = (value: fc.Arbitrary<number>) => shape.chain((sides) => plain(sides, value));
const pairOf = (value: fc.Arbitrary<number>) =>
  shape.chain((sides) => fc.tuple(plain(sides, value), plain(sides, value)));
const ramp = fc.tuple(
  rarely(fc.nat(1000)),
  fc.record({ start: rarely(factor), step: rarely(factor), end: rarely(factor) }, { requiredKeys: [] }),
);

/** Rows of values with what counts among them. */
const rows = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 40 }))
  .chain((sides) => fc.tuple(plain(sides, amounts), plain(sides, fc.constantFrom(0, 1))));

/** Errors, positives and weights as the Jaccard loss sorts them. */
const sorted = fc
  .record({
    groups: fc.integer({ min: 1, max: 3 }),
    size: fc.integer({ min: 1, max: 12 }),
    classes: fc.integer({ min: 1, max: 4 }),
  })
  .chain(({ groups, size, classes }) =>
    fc
      .tuple(
        plain([groups, size, classes], probability),
        plain([groups, size, classes], fc.constantFrom(0, 1)),
        fc.option(plain([groups, size], fc.constantFrom(1, 2)), { nil: undefined }),
        fc.boolean(),
      )
      .map(([errors, positives, weights, fused]) => {
        // positives are v g
        const weighed = positives.tensor.map((value, i) => value * (weights?.tensor[Math.floor(i / classes)] ?? 1));
        return [errors, { ...positives, tensor: weighed }, weights, fused];
      }),
  );

const windows = sizes.chain((given) =>
  fc
    .tuple(plain(denseShape(given), probability), fc.subarray(given.spatial.map((_, axis) => axis)), fc.boolean())
    .map(([{ tensor, dtype }, axes, fused]) => {
      const voxels = given.spatial.reduce((product, side) => product * side, 1);
      return [
        { tensor, dtype, shape: [given.batch, voxels, given.classes] },
        { spatial: given.spatial, axes, fused },
      ];
    }),
);

/** Functions of numbers and tensors that are no losses. They take what their types say; those that check say so. */
export const helperSubjects: readonly Subject[] = [
  { name: "rampBoundary", from: "losses-boundary", given: ramp, call: boundary.rampBoundary as never },
  { name: "rebalance", from: "losses-boundary", given: ramp, call: boundary.rebalance as never },
  {
    name: "byOutput",
    from: "core-reduce",
    given: fc.tuple(rarely(fc.dictionary(fc.string(), positive))),
    call: core.byOutput as never,
  },
  {
    name: "inverseFrequencyWeights",
    from: "losses-distribution",
    given: sizes.chain((given) =>
      fc.tuple(
        fc.oneof(indices(given), fc.array(indices(given), { maxLength: 3 }), misfit(given)),
        rarely(
          fc.record(
            { classes: rarely(fc.constant(Math.max(2, given.classes))), ignoreLabel: rarely(fc.constantFrom(0, 255)) },
            { requiredKeys: ["classes"] },
          ),
        ),
      ),
    ),
    call: inverseFrequencyWeights as never,
  },
  {
    name: "checkLabels",
    from: "core-reduce",
    given: sizes.chain((given) =>
      fc.tuple(
        fc.oneof(indices(given), misfit(given)),
        rarely(fc.constant(given.classes)),
        fc.record({ ignoreLabel: fc.constantFrom(0, 255) }, { requiredKeys: [] }),
      ),
    ),
    call: core.checkLabels as never,
  },
  {
    name: "kernelFor",
    from: "core-reduce",
    given: fc.tuple(fc.oneof(fc.constantFrom("LossaryOverlapSums", "LossaryConfusion"), fc.string(), nonsense)),
    call: (name: never) => core.kernelFor(name),
  },
  {
    name: "guardedPower",
    from: "core-reduce",
    given: fc.tuple(
      tensorOf(amounts.filter((value) => value < 1e3)),
      positive.filter((value) => value <= 3),
    ),
    call: core.guardedPower as never,
    gradientOf: 0,
    refusesNothing: true,
  },
  {
    name: "logOnePlus",
    from: "core-reduce",
    given: fc.tuple(tensorOf(amounts)),
    call: core.logOnePlus as never,
    gradientOf: 0,
    refusesNothing: true,
  },
  {
    name: "safeDivide",
    from: "core-reduce",
    given: pairOf(fc.constantFrom(0, 1, 2, -3, 1e-3)),
    call: core.safeDivide as never,
    gradientOf: 0,
    refusesNothing: true,
  },
  {
    name: "oneMinusRatio",
    from: "core-reduce",
    given: fc
      .tuple(pairOf(factor), fc.record({ smoothNumerator: factor, smoothDenominator: factor }))
      .map(([[a, b], smoothing]) => [a, b, smoothing]),
    call: core.oneMinusRatio as never,
    gradientOf: 0,
    refusesNothing: true,
  },
  {
    name: "stopGradient",
    from: "core-reduce",
    given: fc.tuple(tensorOf(amounts)),
    call: ((x: never) => tidy(() => mul(x, core.stopGradient(x)))) as never,
    gradientOf: 0,
    refusesNothing: true,
  },
  {
    name: "selectLargest",
    from: "core-reduce",
    given: fc
      .tuple(rows, fc.constantFrom(0, 10, 33, 100), fc.boolean())
      .map(([[values, counted], percent, fused]) => [values, counted, percent, fused]),
    call: core.selectLargest as never,
    refusesNothing: true,
  },
  {
    name: "jaccardIncrements",
    from: "core-reduce",
    given: sorted,
    call: core.jaccardIncrements as never,
    refusesNothing: true,
  },
  {
    name: "windowMinimum",
    from: "core-reduce",
    given: windows,
    call: core.windowMinimum as never,
    refusesNothing: true,
  },
  {
    name: "windowSum",
    from: "core-reduce",
    given: windows,
    call: core.windowSum as never,
    refusesNothing: true,
  },
  {
    name: "windowMinimumGradient",
    from: "core-reduce",
    given: windows,
    call: ((x: never, window: never) => {
      const least = core.windowMinimum(x, window);
      const gradient = core.windowMinimumGradient(x, x, least, window);
      least.dispose();
      return gradient;
    }) as never,
    refusesNothing: true,
  },
];
