import "@tensorflow/tfjs-backend-cpu";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { entries } from "../scripts/entries.ts";
import { moduleText } from "../scripts/module-text.ts";
import { lossCatalogue } from "../src/index.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const read = (file: string) => readFileSync(new URL(file, import.meta.url), "utf8");

describe("the catalogue", () => {
  it("is what the sources say and the losses do; else run `npx -y pnpm@12 --filter @lossary/catalogue generate`", () => {
    expect(moduleText(entries(root)).split("\n")).toEqual(read("../src/loss-catalogue.generated.ts").split("\n"));
  });

  it("has the losses of the README's table, in the packages that it names", () => {
    const rows = [...read("../../../README.md").matchAll(/^\| `(\w+Loss)` \| \[(losses-\w+)\]/gm)];
    const told = rows.map(([, name, from]) => `@lossary/${from} ${name}`);
    expect(told.length).toBeGreaterThanOrEqual(40);
    expect(lossCatalogue.map((loss) => `${loss.package} ${loss.name}`).sort()).toEqual(told.sort());
  });

  it("is JSON", () => {
    expect(JSON.parse(JSON.stringify(lossCatalogue))).toEqual(lossCatalogue);
    expect(JSON.stringify(lossCatalogue)).not.toContain("{@link");
  });

  it("has sentences for summaries, and a paper for every loss", () => {
    for (const { name, summary, papers } of lossCatalogue) {
      expect(summary, name).toMatch(/^[A-Za-z][^.]*\.$/);
      expect(papers.length, name).toBeGreaterThan(0);
      for (const { title, year } of papers) {
        expect(title, name).not.toBe("");
        expect(year, name).toBeGreaterThan(1900);
      }
    }
  });
});

describe("of the Tversky loss, the catalogue", () => {
  const tversky = lossCatalogue.find(({ name }) => name === "tverskyLoss");
  const option = (name: string) => tversky?.options.find((one) => one.name === name);

  it("says where it is, what it is and where it comes from", () => {
    expect(tversky).toMatchObject({
      package: "@lossary/losses-region",
      family: "region",
      summary: "Tversky loss: a Dice loss in which false positives and false negatives have prices of their own.",
      parameters: ["labels", "predictions", "options"],
      labels: ["indices", "one-hot", "soft", "multi-label"],
      activations: ["none", "softmax", "sigmoid"],
      reductions: ["mean", "sum", "sample", "none"],
      minimumClasses: 1,
      spatialAxes: [0, 1, 2, 3],
    });
    expect(tversky?.papers[0]).toMatchObject({ authors: "S. S. M. Salehi, D. Erdogmus, A. Gholipour", year: 2017 });
    expect(tversky?.formula).toMatch(/^L = 1 - \\frac\{I \+ s_N\}/);
  });

  it("has an option of its own with default and range", () => {
    expect(option("falsePositiveWeight")).toMatchObject({
      group: "own",
      type: "number",
      schema: { type: "number", minimum: 0 },
      required: false,
      default: 0.3, // Salehi's
    });
  });

  it("has options of every ratio and of every loss", () => {
    expect(option("smooth")).toMatchObject({ group: "ratio", default: 1e-5 });
    expect(option("smoothNumerator")).toMatchObject({ group: "ratio", defaultDescription: "`smooth`" });
    expect(option("smoothNumerator")).not.toHaveProperty("default");
    expect(option("activation")).toMatchObject({
      group: "shared",
      type: '"none" | "softmax" | "sigmoid"',
      schema: { enum: ["none", "softmax", "sigmoid"] },
      default: "none",
    });
    expect(option("weights")).toMatchObject({ type: "Tensor", expected: "a tensor" });
    expect(option("weights")).not.toHaveProperty("schema");
  });
});

describe("the catalogue knows what losses refuse", () => {
  const loss = (name: string) => lossCatalogue.find((one) => one.name === name);

  it("reductions that compounds do not have, activations that scores do not take, shapes without a distance", () => {
    expect(loss("comboLoss")?.reductions).toEqual(["mean", "sum", "sample"]);
    expect(loss("lovaszHingeLoss")?.activations).toEqual(["none"]);
    expect(loss("boundaryLoss")?.spatialAxes).toEqual([1, 2, 3]);
    expect(loss("generalizedWassersteinDiceLoss")?.minimumClasses).toBe(2);
    expect(loss("generalizedWassersteinDiceLoss")?.labels).toEqual(["indices", "one-hot", "soft"]);
    expect(loss("activeBoundaryLoss")?.labels).toEqual(["indices", "one-hot", "soft"]);
  });

  it("bounds that a loss keeps open, options that it needs, and what makes a loss", () => {
    const option = (name: string, one: string) => loss(name)?.options.find((other) => other.name === one);
    expect(option("topKLoss", "percent")?.schema).toEqual({ type: "number", exclusiveMinimum: 0, maximum: 100 });
    expect(option("weightedCrossEntropyLoss", "classWeights")?.required).toBe(true);
    expect(option("generalizedWassersteinDiceLoss", "distanceMatrix")?.required).toBe(true);
    expect(loss("blobLoss")?.parameters).toEqual(["loss", "weights"]);
  });
});
