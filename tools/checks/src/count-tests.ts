import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { workspacePackages } from "./workspace.ts";

/** How many tests the reports of one run hold, and what in them is not as it should be. */
export interface TestCount {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** One line for each failed test, file that did not load, and package without a report. */
  readonly failures: readonly string[];
}

/** The part of vitest's JSON report that the count needs. */
interface Report {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numTotalTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/**
 * Sums the reports `.results/tests*.json` of every package that tests: that has a script for tests or a browser lane, or a `check` that runs
 * vitest.
 *
 * A package without a report, a file that did not load and an error outside any test count as one failure each:
 * what did not run has not passed.
 */
export function countTests(root: string): TestCount {
  const counts = workspacePackages(root)
    .filter(
      ({ manifest: { scripts } }) =>
        (scripts?.test ?? scripts?.["test:browser"]) !== undefined || scripts?.check?.startsWith("vitest"),
    )
    .map(({ folder, path }) => {
      const reports = globSync(".results/tests*.json", { cwd: path });
      if (reports.length === 0) return failure(`${folder}: its tests left no report`);
      return sum(reports.map((file) => countReport(folder, join(path, file))));
    });
  return sum(counts);
}

function countReport(folder: string, file: string): TestCount {
  let report: Report;
  try {
    report = JSON.parse(readFileSync(file, "utf8")) as Report;
  } catch (error) {
    return failure(`${folder}: the report is unreadable (${(error as Error).message})`);
  }
  const failures = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === "failed");
    if (failed.length === 0 && status === "failed")
      return [`${folder}: ${name} did not load: ${message.split("\n")[0]}`];
    return failed.map(({ fullName }) => `${folder}: ${fullName}`);
  });
  if (failures.length === 0 && !report.success) failures.push(`${folder}: an error outside any test`);
  const passed = report.numPassedTests;
  return {
    passed,
    failed: failures.length,
    skipped: report.numTotalTests - passed - report.numFailedTests,
    failures,
  };
}

function failure(reason: string): TestCount {
  return { passed: 0, failed: 1, skipped: 0, failures: [reason] };
}

function sum(counts: readonly TestCount[]): TestCount {
  return {
    passed: counts.reduce((total, { passed }) => total + passed, 0),
    failed: counts.reduce((total, { failed }) => total + failed, 0),
    skipped: counts.reduce((total, { skipped }) => total + skipped, 0),
    failures: counts.flatMap(({ failures }) => failures),
  };
}

if (import.meta.main) {
  const { passed, failed, skipped, failures } = countTests(process.argv[2] ?? process.cwd());
  for (const line of failures) console.error(`FAILED  ${line}`);
  if (skipped > 0) console.error(`SKIPPED ${skipped} tests`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
