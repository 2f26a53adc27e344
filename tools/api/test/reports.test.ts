import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { entries } from "../src/entries.ts";
import { reportOf } from "../src/report.ts";

it("is about every entry of every package", () => {
  expect(entries().map(({ name }) => name)).toEqual([
    "@lossary/catalogue",
    "@lossary/core-reduce",
    "@lossary/distance-map",
    "@lossary/distance-map/array",
    "@lossary/distance-map/pool-worker",
    "@lossary/losses-boundary",
    "@lossary/losses-compound",
    "@lossary/losses-distribution",
    "@lossary/losses-region",
    "@lossary/metrics",
    "@lossary/test-kit",
    "@lossary/test-kit/memory",
    "@lossary/test-kit/reference",
  ]);
});

it.each(entries())("$name exports what its report says; if the change is meant: pnpm api, and commit etc/", (entry) => {
  const { text, problems } = reportOf(entry);
  expect(problems).toEqual([]);
  expect(text).toContain("## API Report File");
  expect(text).toBe(existsSync(entry.report) ? readFileSync(entry.report, "utf8") : "no report");
});
