import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Mutant } from "./mutant.ts";

const packageFolder = fileURLToPath(new URL("..", import.meta.url));

/** A copy of the package within it, so that what it imports is found; its tests read the copy. */
export const scratch = join(packageFolder, ".mutants");

/** What came of its tests. */
export const report = join(scratch, "report.json");

const modules = join(scratch, "src/fused/modules");

/** Makes the copy anew. */
export function copyPackage(): void {
  rmSync(scratch, { recursive: true, force: true });
  for (const part of ["assembly", "package.json", "scripts", "src", "test"]) {
    cpSync(join(packageFolder, part), join(scratch, part), { recursive: true });
  }
  cpSync(modules, `${modules}.kept`, { recursive: true });
}

/** Takes the copy away. */
export function removeCopy(): void {
  rmSync(scratch, { recursive: true, force: true });
}

/** The text of a file with the mutant in it; throws unless what it searches stands there once. */
export function mutated({ file, search, replace }: Mutant): string {
  const text = readFileSync(join(scratch, file), "utf8");
  const pieces = text.split(search);
  if (pieces.length !== 2) throw new Error(`${file} holds ${pieces.length - 1} times, not once: ${search}`);
  return pieces.join(replace);
}

/** Runs something while the copy holds a mutant. */
export function withMutant<T>(mutant: Mutant, run: () => T): T {
  const path = join(scratch, mutant.file);
  const before = readFileSync(path, "utf8");
  const isCompiled = mutant.form === "simd";
  writeFileSync(path, mutated(mutant));
  try {
    if (isCompiled) execFileSync("node", ["scripts/build-module.ts"], { cwd: scratch, stdio: "pipe" });
    return run();
  } finally {
    writeFileSync(path, before);
    if (isCompiled) cpSync(`${modules}.kept`, modules, { recursive: true });
  }
}
