import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { relative } from "node:path";
import ts from "typescript";
import { evaluatesNothing } from "./evaluation.ts";
import { publicApi } from "./public-api.ts";
import { type Problems, verdict } from "./verdict.ts";
import { entriesOf, libraryPackages } from "./workspace.ts";

/** What users get, the build: every entry loads in plain Node, has its types, and exports the values that its source exports. */
export function builtPackages(root: string): Problems {
  const entries = libraryPackages(root).flatMap((library) =>
    entriesOf(library).map((entry) => ({ library, ...entry })),
  );
  const { exports } = publicApi(root);
  const problems = entries.flatMap(({ library, name, types }) => {
    if (!existsSync(types)) return [`${name}: ${relative(root, types)} is missing; run the build`];
    const loaded = load(library.path, name);
    if (!Array.isArray(loaded)) return [`${name}: ${loaded.error}`];
    const expected = exports
      .filter((one) => one.entry === name && (one.symbol.flags & ts.SymbolFlags.Value) !== 0)
      .map((one) => one.name)
      .sort();
    return loaded.join() === expected.join()
      ? []
      : [`${name}: exports ${loaded.join(", ")}; its source ${expected.join(", ")}`];
  });
  return verdict("built entry", entries.length, problems);
}

/** The names that the entry exports, loaded without the conditions of this workspace. */
function load(folder: string, name: string): string[] | { error: string } {
  const script = `console.log(JSON.stringify(Object.keys(await import(${JSON.stringify(name)})).sort()))`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: folder,
    encoding: "utf8",
    timeout: 60_000,
  });
  if (status === 0) return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "[]") as string[];
  return { error: /^\w*Error.*$/m.exec(stderr)?.[0] ?? "does not load" };
}

if (import.meta.main) {
  const root = process.argv[2] ?? process.cwd();
  const problems = [...builtPackages(root), ...evaluatesNothing(root)];
  for (const problem of problems) console.error(problem);
  console.log(
    problems.length === 0 ? "Every built package loads, and makes no code of text" : `${problems.length} problems`,
  );
  process.exitCode = problems.length === 0 ? 0 : 1;
}
