import { expect, it } from "vitest";
import { commands } from "vitest/browser";

it("a pool computes on a page that a bundler made", async () => {
  expect(await commands.bundled("packages/distance-map/test/bundled/page.ts")).toEqual({
    distances: [0, 0.5, 1, 1.5, 2],
    rejected: "RangeError: distanceTransform: mask must have 4 elements like its shape (got 3)",
  });
});
