// Makes each kernel wrong in each of its forms, and sees that a test fails. `--browser` does the same with the programs of graphics processors.
// Names of kernels behind it choose some. Writes what was found to mutants/results.
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { mutants } from "./kernels.ts";
import type { Mutant } from "./mutant.ts";
import { type Outcome, runTests } from "./run-tests.ts";
import { copyPackage, mutated, removeCopy, withMutant } from "./scratch.ts";

const inBrowser = process.argv.includes("--browser");
const chosen = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const backends = inBrowser ? ["webgl", "webgpu"] : ["cpu"];

const concerned = mutants.filter(
  ({ form, kernel }) => (form === "gpu") === inBrowser && (chosen.length === 0 || chosen.includes(kernel)),
);
if (concerned.length === 0) throw new Error(`no mutant is of ${chosen.join(", ")}`);

const prefixesOf = ({ test, form }: Mutant) => backends.map((backend) => test.named(form, backend));

/** The tests that noticed, on every backend; nothing if one backend did not. */
function noticed(mutant: Mutant, outcomes: readonly Outcome[]): string[] | undefined {
  const failed = outcomes.filter(({ passed }) => !passed).map(({ name }) => name);
  return prefixesOf(mutant).every((prefix) => failed.some((name) => name.startsWith(prefix))) ? failed : undefined;
}

copyPackage();
try {
  for (const mutant of concerned) mutated(mutant);
  // without a mutant everything passes: else a failure would say nothing
  for (const file of new Set(concerned.map(({ test }) => test.file))) {
    const prefixes = concerned.filter(({ test }) => test.file === file).flatMap(prefixesOf);
    const failed = runTests({ file }, [...new Set(prefixes)], inBrowser).filter(({ passed }) => !passed);
    if (failed.length > 0) throw new Error(`fails without a mutant: ${failed.map(({ name }) => name).join("; ")}`);
  }
  const results = concerned.map((mutant) => {
    const outcomes = withMutant(mutant, () => runTests(mutant.test, prefixesOf(mutant), inBrowser));
    const found = noticed(mutant, outcomes);
    console.log(found ? "noticed " : "SURVIVED", mutant.form.padEnd(8), mutant.kernel);
    return { ...mutant, test: mutant.test.file, ran: outcomes.length, failed: found?.length ?? 0, first: found?.[0] };
  });
  if (results.some(({ failed }) => failed === 0)) process.exitCode = 1;
  const folder = fileURLToPath(new URL("results", import.meta.url));
  mkdirSync(folder, { recursive: true });
  if (chosen.length === 0) {
    const text = JSON.stringify({ backends, results }, null, 2);
    writeFileSync(`${folder}/${inBrowser ? "browser" : "node"}.json`, `${text}\n`);
  }
} finally {
  removeCopy();
}
