import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { TestPlace } from "./mutant.ts";
import { report, scratch } from "./scratch.ts";

/** One test and what came of it. */
export interface Outcome {
  readonly name: string;
  readonly passed: boolean;
}

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/**
 * Runs tests of the copy whose names begin as told, in Node or in a browser. Throws if none is there.
 *
 * @param prefixes - beginnings of full names; of which none matches a test is refused
 */
export function runTests(place: Pick<TestPlace, "file">, prefixes: readonly string[], inBrowser: boolean): Outcome[] {
  rmSync(report, { force: true });
  const config = fileURLToPath(new URL(inBrowser ? "browser.config.ts" : "node.config.ts", import.meta.url));
  // what is nested is written with > between, and reported without
  const patternOf = (prefix: string) => prefix.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(" ", "(?: >)? ");
  const pattern = prefixes.map(patternOf).join("|");
  const { stderr, stdout } = spawnSync("vitest", ["run", "--config", config, "-t", pattern, `/${place.file}.test.ts`], {
    encoding: "utf8",
    cwd: scratch,
  });
  let read: Report;
  try {
    read = JSON.parse(readFileSync(report, "utf8"));
  } catch {
    throw new Error(`no report of ${place.file}: ${stdout}\n${stderr}`);
  }
  const outcomes = read.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === "passed" || status === "failed")
    .map(({ fullName, status }) => ({ name: fullName, passed: status === "passed" }));
  for (const prefix of prefixes) {
    if (!outcomes.some(({ name }) => name.startsWith(prefix))) {
      throw new Error(`no test of ${place.file} is named ${prefix}: ${stdout}\n${stderr}`);
    }
  }
  return outcomes;
}
