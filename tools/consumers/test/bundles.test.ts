import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, it } from "vitest";
import { budgets } from "../src/budgets.ts";
import { bundled, bundledByRolldown, gzipped } from "../src/bundle.ts";

const consumer = inject("consumer");

const imports = Object.entries(budgets).flatMap(([from, names]) =>
  Object.entries(names).map(([name, budget]) => ({ from, name, budget })),
);
it.each(imports)("bundles $name of $from into at most $budget kB", async ({ from, name, budget }) => {
  const weight = gzipped(await bundled(consumer, name, from));
  expect(weight, `${name}: ${weight.toFixed(1)} kB`).toBeLessThanOrEqual(budget);
  expect(weight).toBeGreaterThan(1);
});

/** Every loss and metric by its name, which stands in the messages of its errors and outlives a minifier. */
const names = inject("packed").flatMap(({ folder }) =>
  Array.from(
    readFileSync(join(folder, "src/index.ts"), "utf8").matchAll(
      /\b\w+Loss\b|\bhausdorff95\b|\bdiceCoefficient\b|\bDistanceMapPool\b/g,
    ),
    ([name]) => name,
  ),
);

/** What may be in the bundle of an import beside itself: the losses that it is made of. */
const parts: Readonly<Record<string, readonly string[]>> = {
  "@lossary/losses-region diceLoss": [],
  "@lossary/losses-region tverskyLoss": [],
  "@lossary/losses-region lovaszSoftmaxLoss": [],
  "@lossary/losses-distribution crossEntropyLoss": [],
  "@lossary/losses-distribution focalLoss": [],
  "@lossary/losses-boundary boundaryLoss": [],
  "@lossary/losses-boundary hausdorffDistanceLoss": [],
  "@lossary/losses-compound diceCrossEntropyLoss": ["diceLoss", "crossEntropyLoss"],
  "@lossary/losses-compound weightedSum": [],
  "@lossary/metrics diceCoefficient": [],
  "@lossary/distance-map/array distanceTransform": [],
};

it.each(Object.entries(parts))("bundles %s with nothing else but %j", async (what, allowed) => {
  const [from, name] = what.split(" ") as [string, string];
  const others = [...new Set(names)].filter((other) => other !== name && !allowed.includes(other));
  expect(others.length).toBeGreaterThan(38);
  for (const bundle of [bundled, bundledByRolldown]) {
    const text = await bundle(consumer, name, from);
    const holds = (word: string) => new RegExp(`\\b${word}\\b`).test(text);
    for (const own of [name, ...allowed]) expect(text).toContain(own);
    expect(others.filter(holds)).toEqual([]);
  }
});

it.each([
  { from: "@lossary/losses-region", name: "diceLoss", own: ["OverlapSums"], other: ["CrossEntropy", "Errors"] },
  { from: "@lossary/losses-distribution", name: "crossEntropyLoss", own: ["CrossEntropy"], other: ["Errors"] },
  { from: "@lossary/losses-region", name: "lovaszSoftmaxLoss", own: ["Errors"], other: ["CrossEntropy"] },
  {
    from: "@lossary/losses-compound",
    name: "diceBoundaryLoss",
    own: ["OverlapFieldSums", "OverlapSums"],
    other: ["CrossEntropy", "CrossEntropySums", "Errors", "SquaredErrorSums"],
  },
])("bundles $name with the kernels of its reductions alone", async ({ from, name, own, other }) => {
  for (const bundle of [bundled, bundledByRolldown]) {
    const text = await bundle(consumer, name, from);
    const isNamed = (kernel: string) => new RegExp(`\\bLossary${kernel}\\b`).test(text);
    expect(own.filter(isNamed)).toEqual(own);
    const rarer = ["SelectLargest", "WindowMinimum", "Confusion", "OverlapCrossEntropy", "OverlapFieldSums"];
    const foreign = [...other, ...rarer.filter((kernel) => !own.includes(kernel))];
    expect(foreign.filter(isNamed)).toEqual([]);
  }
});
