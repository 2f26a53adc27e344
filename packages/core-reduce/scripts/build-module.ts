// Compiles assembly/ into src/fused/module.generated.ts. With --check it writes nothing and fails if that file is not what comes out.
import { readFile, writeFile } from "node:fs/promises";
import { compileModule, generatedFile } from "./compile-module.ts";

const made = await compileModule();
if (!process.argv.includes("--check")) {
  await writeFile(generatedFile, made);
} else if ((await readFile(generatedFile, "utf8")) !== made) {
  console.error("module.generated.ts is not what assembly/ compiles to: run `pnpm build:module`");
  process.exitCode = 1;
}
