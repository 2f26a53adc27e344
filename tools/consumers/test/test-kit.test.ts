import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, inject, it } from "vitest";
import { run } from "../src/packed.ts";

const folder = join(inject("consumer"), "test-kit");

/** The part of vitest's JSON report that is read here. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
}

let report: Report;

beforeAll(() => {
  for (const page of ["packages/test-kit/README.md", "docs/integrating.md"]) {
    const text = readFileSync(fileURLToPath(new URL(`../../../${page}`, import.meta.url)), "utf8");
    for (const [, name, code] of text.matchAll(/^```javascript\n\/\/ ([\w.-]+)\n([\s\S]*?)^```/gm)) {
      writeFileSync(join(folder, name as string), code as string);
    }
  }
  const vitest = "../node_modules/vitest/vitest.mjs";
  try {
    run(folder, "node", [vitest, "run", "--maxWorkers=1", "--reporter=json", "--outputFile=report.json"]);
  } catch {
    // the wrong ones fail, as they must; the report says which
  }
  report = JSON.parse(readFileSync(join(folder, "report.json"), "utf8")) as Report;
}, 300_000);

/** The tests of a file; throws where it has not run. */
function testsOf(file: string) {
  const found = report.testResults.find(({ name }) => name.endsWith(`/${file}`));
  if (!found || found.assertionResults.length === 0) throw new Error(`${file} has not run: ${found?.message}`);
  return found.assertionResults;
}

/** What failed in a file, by the first or the last of the titles around it. */
function failuresIn(file: string, place: number): Record<string, string[]> {
  const failed = testsOf(file).filter(({ status }) => status !== "passed");
  const groups = Map.groupBy(failed, ({ ancestorTitles }) => ancestorTitles.at(place) as string);
  return Object.fromEntries([...groups].map(([group, tests]) => [group, tests.map(({ title }) => title)]));
}

it.each([
  ["a loss", "precision-loss.test.js", 12],
  ["a backend", "backend.test.js", 24],
  ["a kernel", "kernel.test.js", 18],
])("passes %s of somebody else, as the pages show it", (_what, file, least) => {
  expect(testsOf(file).length).toBeGreaterThanOrEqual(least);
  expect(failuresIn(file, 0)).toEqual({});
});

const agreement = "agrees with its float64 reference in value, shape and gradient";
const corners = "is finite in value and gradient for {empty, mixed, full} truth and prediction, saturated";
const ignored = [
  "is 0 with a zero gradient where every voxel is ignored",
  "gives voxels of weight 0 no influence, whatever stands there",
];
const leaks = "leaks no tensor over 3 steps, and neither disposes nor changes its inputs";
const refusals = "refuses wrong arguments with an error that says who, expected and got";

it("notices losses that are wrong by one thing", () => {
  expect(failuresIn("wrong-losses.test.js", 0)).toEqual({
    "NaN without foreground:": [corners],
    "a gradient that is off:": [agreement, ...ignored],
    "a tensor kept in each call:": [leaks],
    "no refusals:": [refusals],
    "weights that count for nothing:": [agreement, ...ignored, "treats ignoreLabel as weight 0", refusals],
  });
});

it("notices backends of which one op is wrong, or forgets data", () => {
  const { "contract on imprecise": imprecise, ...others } = failuresIn("wrong-backends.test.js", -1);
  expect(imprecise?.filter((title) => title === agreement)).toHaveLength(2);
  expect(others).toEqual({ "contract on forgetful": [leaks, leaks] });
});

it("notices kernels that are wrong by one thing, or forget data", () => {
  expect(failuresIn("wrong-kernels.test.js", -1)).toEqual({
    "contract on careless": [agreement],
    "contract on forgetful": [leaks],
  });
});
