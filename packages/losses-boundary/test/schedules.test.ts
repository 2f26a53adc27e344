import { rampBoundary, rebalance } from "@lossary/losses-boundary";
import { expect, it } from "vitest";

it("rampBoundary grows by a hundredth an epoch from a hundredth to 1", () => {
  expect([0, 1, 9, 99, 500].map((epoch) => rampBoundary(epoch))).toEqual(
    [0.01, 0.02, 0.1, 1, 1].map((x) => expect.closeTo(x)),
  );
  expect(rampBoundary(3, { start: 0, step: 0.1, end: 0.2 })).toBe(0.2);
});

it("rebalance shares 1 between both, and leaves a hundredth to the region loss", () => {
  expect(rebalance(4)).toEqual({ region: expect.closeTo(0.95), boundary: expect.closeTo(0.05) });
  expect(rebalance(1000)).toEqual({ region: expect.closeTo(0.01), boundary: 0.99 });
});

it("refuses what is no epoch, and a share above 1", () => {
  expect(() => rampBoundary(-1)).toThrow(/^rampBoundary: epoch must be a finite number of at least 0 \(got -1\)/);
  expect(() => rampBoundary(0, { stop: 1 } as never)).toThrow(/^rampBoundary: there is no option "stop"/);
  expect(() => rampBoundary(0, { step: Number.NaN })).toThrow(/^rampBoundary: step must be/);
  expect(() => rebalance(0, { end: 1.5 })).toThrow(/^rebalance: end must be a finite number from 0 to 1 \(got 1.5\)/);
});
