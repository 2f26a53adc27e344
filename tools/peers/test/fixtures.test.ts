import { referenceGradient, referenceLosses } from "@lossary/test-kit/reference";
import { describe, expect, it } from "vitest";
import {
  type FixtureComparison,
  fixtureComparisons,
  fixtureOmissions,
  fixtureRecords,
  suiteNames,
} from "../src/index.ts";

/** The largest difference relative to the largest expected entry, or to `floor` where all are smaller. */
function worst(got: Float64Array, expected: Float64Array, floor: number): number {
  expect(got.length).toBe(expected.length);
  const scale = expected.reduce((largest, x) => Math.max(largest, Math.abs(x)), floor);
  return got.reduce((largest, x, k) => {
    const difference = Math.abs(x - (expected[k] as number)) / scale;
    return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(largest, difference);
  }, 0);
}

type Measure = (one: FixtureComparison) => number;

function failures(comparisons: FixtureComparison[], difference: Measure, tolerance: Measure) {
  return comparisons
    .map((one) => ({ name: one.name, difference: difference(one), tolerance: tolerance(one) }))
    .filter((one) => !(one.difference <= one.tolerance));
}

describe("the references against the peers' numbers", () => {
  for (const suite of suiteNames) {
    const comparisons = fixtureComparisons().filter((one) => one.suite === suite);
    const omissions = fixtureOmissions().filter((one) => one.suite === suite);

    it(`${suite}: ${comparisons.length} records compared, ${omissions.length} listed with a reason, none left over`, () => {
      const records = fixtureRecords(suite);
      expect(records.length).toBeGreaterThan(0);
      expect(comparisons.length + omissions.length).toBe(records.length);
      for (const { reason } of omissions) expect(reason.length).toBeGreaterThan(10);
      for (const one of comparisons) expect(one.gradient === undefined).toBe(one.noGradient !== undefined);
    });

    if (comparisons.length === 0) continue;

    it(`${suite}: values to 1e-10, or to what the peer's epsilon moves`, () => {
      const difference = ({ loss, input, values }: FixtureComparison) =>
        worst(referenceLosses[loss](input).values, values, 1);
      expect(failures(comparisons, difference, (one) => one.tolerance)).toEqual([]);
    });

    it(`${suite}: gradients by central differences to 1e-6`, () => {
      const withGradient = comparisons.filter((one) => one.gradient);
      const difference = ({ loss, input, upstream, gradient }: FixtureComparison) =>
        worst(referenceGradient(referenceLosses[loss], input, { upstream }), gradient as Float64Array, 1e-4);
      expect(failures(withGradient, difference, (one) => Math.max(1e-6, 10 * one.tolerance))).toEqual([]);
    });
  }
});
