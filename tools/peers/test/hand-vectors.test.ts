import { referenceGradient, referenceLosses } from "@lossary/test-kit/reference";
import { describe, expect, it } from "vitest";
import { handVectors } from "../src/index.ts";

describe("the references against vectors worked out by hand", () => {
  it.each(handVectors.map((vector) => ({ ...vector })))(
    "$name: $value",
    ({ loss, input, value, gradient, tolerance }) => {
      const { values, shape } = referenceLosses[loss](input);
      expect(shape).toEqual([]);
      expect(Math.abs((values[0] as number) - value)).toBeLessThan(1e-9);
      const slopes = referenceGradient(referenceLosses[loss], input);
      expect(slopes.length).toBe(gradient.length);
      for (const [k, slope] of slopes.entries())
        expect(Math.abs(slope - (gradient[k] as number))).toBeLessThan(tolerance);
    },
  );
});
