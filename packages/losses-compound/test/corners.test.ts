import { readFileSync, writeFileSync } from "node:fs";
import { lossesAmong, withCornerTable } from "@lossary/checks/corner-table";
import * as everything from "@lossary/losses-compound";
import {
  asymmetricUnifiedFocalLoss,
  blobLoss,
  comboLoss,
  diceBoundaryLoss,
  diceCrossEntropyLoss,
  diceFocalLoss,
  diceHausdorffLoss,
  diceTopKLoss,
  exponentialLogarithmicLoss,
  generalizedDiceFocalLoss,
  symmetricUnifiedFocalLoss,
} from "@lossary/losses-compound";
import { diceLoss } from "@lossary/losses-region";
import { onEachBackend } from "@lossary/test-kit";
import { describe, expect, it } from "vitest";

const losses = {
  diceCrossEntropyLoss,
  comboLoss,
  diceFocalLoss,
  diceTopKLoss,
  generalizedDiceFocalLoss,
  diceBoundaryLoss,
  diceHausdorffLoss,
  exponentialLogarithmicLoss,
  asymmetricUnifiedFocalLoss,
  symmetricUnifiedFocalLoss,
  blobLoss: blobLoss(diceLoss),
};

describe("the table of corners", () => {
  it("has a row for every loss of the package", () => {
    expect(Object.keys(losses).sort()).toEqual(lossesAmong(everything));
  });
});

onEachBackend("the table of corners", () => {
  it("stands in the README as the losses compute it", () => {
    const path = new URL("../README.md", import.meta.url);
    const readme = readFileSync(path, "utf8");
    const computed = withCornerTable(readme, losses);
    if (process.env.LOSSARY_WRITE) writeFileSync(path, computed);
    else expect(computed).toBe(readme);
  });
});
