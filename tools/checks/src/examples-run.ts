import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { commentExamples, type Example, keeps, pageExamples, printing, promisedOutput } from "./examples.ts";
import { type Problems, verdict } from "./verdict.ts";
import { libraryPackages } from "./workspace.ts";

/** What the runner reports of one example. */
export interface Outcome {
  /** One text for each call of `console.log`. */
  readonly output: readonly string[];
  readonly error?: string;
}

const runner = fileURLToPath(new URL("./examples-runner.ts", import.meta.url));
const results = fileURLToPath(new URL("../.results", import.meta.url));

/**
 * Every example type checks, runs on the cpu backend, and prints what the comments behind its printing lines say.
 *
 * Those of doc comments find tfjs and its backend loaded; a page must load what it needs itself, as its reader will.
 */
export function examplesRun(root: string): Problems {
  const comments = commentExamples(root);
  const pages = Map.groupBy(pageExamples(root), ({ file }) => file);
  const all = [...comments, ...[...pages.values()].flat()];
  const folder = stage(root, all);
  try {
    const file = (example: Example) => join(folder, `${all.indexOf(example)}.ts`);
    const problems = [...typeProblems(all, all.map(file))];
    for (const [group, preload] of [
      [comments, "@tensorflow/tfjs"] as const,
      ...[...pages.values()].map((page) => [page, ""] as const),
    ]) {
      if (group.length === 0) continue;
      const outcomes = run(group.map(file), preload);
      problems.push(...group.flatMap((example, index) => judge(example, outcomes[index])));
    }
    return verdict("example", all.length, problems);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes the examples where Node finds the packages of the workspace and, further up, tfjs. */
function stage(root: string, examples: readonly Example[]): string {
  mkdirSync(results, { recursive: true });
  const folder = mkdtempSync(join(results, "examples-"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  for (const { path, manifest } of libraryPackages(root)) {
    const link = join(folder, "node_modules", manifest.name ?? "");
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(path, link, "dir");
  }
  for (const [index, { code }] of examples.entries())
    writeFileSync(join(folder, `${index}.ts`), `${printing(code)}\nexport {};\n`);
  return folder;
}

function typeProblems(examples: readonly Example[], files: readonly string[]): string[] {
  const program = ts.createProgram({
    rootNames: files,
    options: {
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      lib: ["lib.es2024.d.ts", "lib.dom.d.ts"],
      customConditions: ["@lossary/source"],
      allowImportingTsExtensions: true,
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: [],
    },
  });
  return files.flatMap((file, index) => {
    const source = program.getSourceFile(file);
    const example = examples[index] as Example;
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ start, messageText }) => {
        const line = source?.getLineAndCharacterOfPosition(start ?? 0).line ?? 0;
        return `${example.file}:${example.line + line}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
      },
    );
  });
}

function run(files: readonly string[], preload: string): Outcome[] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--conditions=@lossary/source", "--no-warnings", runner, preload, ...files],
    { encoding: "utf8", timeout: 120_000 },
  );
  const last = stdout.trimEnd().split("\n").at(-1) ?? "";
  if (!last.startsWith("["))
    return files.map(() => ({ output: [], error: `the run ended early: ${stderr.trim() || "out of time"}` }));
  return JSON.parse(last) as Outcome[];
}

function judge({ file, line, code }: Example, outcome: Outcome | undefined): string[] {
  if (!outcome) return [`${file}:${line}: did not run`];
  if (outcome.error !== undefined) return [`${file}:${line}: ${outcome.error}`];
  const printed = [...outcome.output];
  return promisedOutput(printing(code)).flatMap((promised) => {
    const found = printed.findIndex((text) => keeps(promised, text));
    if (found < 0)
      return [`${file}:${line}: promises to print "${promised}", printed ${JSON.stringify(outcome.output)}`];
    printed.splice(0, found + 1);
    return [];
  });
}
