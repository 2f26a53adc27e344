import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const results = fileURLToPath(new URL("../.results", import.meta.url));

/** What programs print, run one after the other as their readers would run them. */
export function runCode(programs: readonly string[]): string[][] {
  mkdirSync(results, { recursive: true });
  // beside the package, so that Node finds what the programs import
  const folder = mkdtempSync(join(results, "code-"));
  try {
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
    const files = programs.map((program, i) => {
      const file = join(folder, `${i}.ts`);
      writeFileSync(file, program);
      return pathToFileURL(file).href;
    });
    const runner = `const lines = [];
      console.log = (...texts) => lines.at(-1).push(texts.join(" "));
      for (const file of ${JSON.stringify(files)}) {
        lines.push([]);
        await import(file);
      }
      process.stdout.write(JSON.stringify(lines));`;
    writeFileSync(join(folder, "runner.mjs"), runner);
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ["--conditions=@lossary/source", "--no-warnings", join(folder, "runner.mjs")],
      { encoding: "utf8", timeout: 110_000 },
    );
    const last = stdout.split("\n").at(-1) ?? "";
    if (!last.startsWith("[")) throw new Error(`the programs ended early: ${stderr}`);
    return JSON.parse(last) as string[][];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
