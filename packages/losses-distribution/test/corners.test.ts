import { readFileSync } from "node:fs";
import {
  balancedCrossEntropyLoss,
  crossEntropyLoss,
  distancePenalizedCrossEntropyLoss,
  focalLoss,
  polyCrossEntropyLoss,
  topKLoss,
} from "@lossary/losses-distribution";
import { cornerTable, onEachBackend } from "@lossary/test-kit";
import { expect, it } from "vitest";

onEachBackend("the table of corners", () => {
  it("stands in the README as the losses compute it", () => {
    const table = cornerTable({
      crossEntropyLoss,
      balancedCrossEntropyLoss,
      focalLoss,
      topKLoss,
      distancePenalizedCrossEntropyLoss,
      polyCrossEntropyLoss,
    });
    expect(readFileSync(new URL("../README.md", import.meta.url), "utf8")).toContain(table);
  });
});
