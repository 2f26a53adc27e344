import { describe, expect, it } from "vitest";
import { describeDifference } from "../src/index.ts";

describe("toBeClose", () => {
  it("measures errors against the largest expected magnitude of the list", () => {
    expect([1000.005, 0.005]).toBeClose([1000, 0]);
    expect([1000.02, 0]).not.toBeClose([1000, 0]);
    expect(1.1).toBeClose(1, { relative: 0.2 });
    expect(describeDifference([1, 2.5], [1, 2])).toBe("number 1: expected 2, got 2.5, tolerance 2.00e-5");
  });

  it("allows an absolute error where 0 is expected", () => {
    expect(5e-8).toBeClose(0);
    expect(2e-7).not.toBeClose(0);
  });

  it("is never true of NaN, infinities, another number of numbers, or none", () => {
    expect(describeDifference([Number.NaN], [Number.NaN])).toContain("got NaN");
    expect(describeDifference([Number.POSITIVE_INFINITY], [Number.POSITIVE_INFINITY])).toContain("got Infinity");
    expect(describeDifference([1], [1, 2])).toBe("expected 2 numbers, got 1");
    expect(describeDifference([], [])).toBe("expected at least one number");
  });
});
