import { dependencies, imports } from "./arrows.ts";
import { documentedExports, documentedLosses } from "./documentation.ts";
import { examplesRun } from "./examples-run.ts";
import { fileLengths, indexLists } from "./files.ts";
import { documentedFunctions } from "./function-pages.ts";
import { lossFiles } from "./losses.ts";
import { manifests } from "./manifest.ts";
import { sideEffects } from "./side-effects.ts";
import { machineTraces } from "./tracked-text.ts";
import type { Check } from "./verdict.ts";

/** Every check, under the fact that it proves. */
export const checks: Readonly<Record<string, Check>> = {
  "packages have one shape": manifests,
  "packages depend on each other along the arrows": dependencies,
  "sources import what their package declares": imports,
  "source files are short": fileLengths,
  "an index is an alphabetical list of named exports": indexLists,
  "loading a module computes nothing": sideEffects,
  "every export is documented": documentedExports,
  "every function shows an example, its arguments and its formula": documentedFunctions,
  "every loss shows its formula, an example and its paper": documentedLosses,
  "every loss has its files and its rows": lossFiles,
  "every example runs": examplesRun,
  "no tracked file holds a trace of somebody's machine": machineTraces,
};
