import { execFileSync, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { countTests } from "../src/count-tests.ts";
import { tree } from "./tree.ts";

const tested = (name: string) => ({ name, scripts: { test: "vitest run" } });
const test = (status: string, fullName = "is 1/8 when one voxel of four is missed") => ({ status, fullName });
const file = (status: string, assertionResults: object[], message = "") => ({
  name: "test/dice.test.ts",
  status,
  message,
  assertionResults,
});
const report = (passed: number, failed: number, total: number, testResults: object[], success = failed === 0) => ({
  success,
  numPassedTests: passed,
  numFailedTests: failed,
  numTotalTests: total,
  testResults,
});

describe("countTests", () => {
  it("sums the reports of all packages, and of the lanes within a package", () => {
    const root = tree({
      "packages/a/package.json": tested("a"),
      "packages/a/.results/tests.json": report(3, 0, 3, []),
      "packages/a/.results/tests-browser.json": report(5, 0, 5, []),
      "tools/b/package.json": tested("b"),
      "tools/b/.results/tests.json": report(4, 0, 4, []),
    });
    expect(countTests(root)).toEqual({ passed: 12, failed: 0, skipped: 0, failures: [] });
  });

  it("counts a package whose check runs tests", () => {
    const root = tree({
      "tools/b/package.json": { name: "b", scripts: { check: "vitest run" } },
      "tools/b/.results/tests.json": report(4, 1, 5, [file("failed", [test("failed", "is too large")])]),
      "tools/c/package.json": { name: "c", scripts: { check: "node src/check.ts" } },
    });
    expect(countTests(root)).toEqual({ passed: 4, failed: 1, skipped: 0, failures: ["tools/b: is too large"] });
  });

  it("counts a package that has a browser lane alone", () => {
    const root = tree({
      "tools/b/package.json": { name: "b", scripts: { "test:browser": "node src/test-browser.ts" } },
      "tools/b/.results/tests-browser.json": report(4, 0, 4, []),
      "tools/c/package.json": { name: "c", scripts: { "test:browser": "node src/test-browser.ts" } },
    });
    const failures = ["tools/c: its tests left no report"];
    expect(countTests(root)).toEqual({ passed: 4, failed: 1, skipped: 0, failures });
  });

  it("names the failed tests and counts the skipped ones", () => {
    const root = tree({
      "packages/a/package.json": tested("a"),
      "packages/a/.results/tests.json": report(1, 1, 3, [
        file("failed", [test("passed"), test("failed", "dice is 0"), test("pending")]),
      ]),
    });
    expect(countTests(root)).toEqual({
      passed: 1,
      failed: 1,
      skipped: 1,
      failures: ["packages/a: dice is 0"],
    });
  });

  it("counts a package without a report as a failure", () => {
    const root = tree({ "packages/a/package.json": tested("a"), "packages/b/package.json": { name: "b" } });
    expect(countTests(root).failures).toEqual(["packages/a: its tests left no report"]);
  });

  it("counts a half-written report as a failure", () => {
    const root = tree({ "packages/a/package.json": tested("a"), "packages/a/.results/tests.json": '{"success"' });
    expect(countTests(root).failed).toBe(1);
  });

  it("counts a file that did not load as a failure", () => {
    const root = tree({
      "packages/a/package.json": tested("a"),
      "packages/a/.results/tests.json": report(0, 0, 0, [file("failed", [], "no such module\nat x")], false),
    });
    expect(countTests(root).failures).toEqual(["packages/a: test/dice.test.ts did not load: no such module"]);
  });

  it("counts an error outside any test as a failure", () => {
    const root = tree({
      "packages/a/package.json": tested("a"),
      "packages/a/.results/tests.json": report(2, 0, 2, [file("passed", [test("passed")])], false),
    });
    expect(countTests(root).failures).toEqual(["packages/a: an error outside any test"]);
  });
});

describe("the command", () => {
  const script = fileURLToPath(new URL("../src/count-tests.ts", import.meta.url));

  it("prints the sum alone on its last line", () => {
    const root = tree({
      "packages/a/package.json": tested("a"),
      "packages/a/.results/tests.json": report(3, 0, 3, []),
    });
    expect(execFileSync(process.execPath, [script, root], { encoding: "utf8" })).toBe("3 passed, 0 failed\n");
  });

  it("fails when no test ran at all", () => {
    const { status, stdout } = spawnSync(process.execPath, [script, tree({})], { encoding: "utf8" });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "0 passed, 0 failed\n" });
  });
});
