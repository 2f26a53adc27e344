// Compiles assembly/modules into src/fused/modules. With --check it writes nothing and fails if those files are not what comes out.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { compileModule, generatedFile, type ModuleName, modules } from "./compile-module.ts";

for (const name of Object.keys(modules) as ModuleName[]) {
  const [file, made] = [generatedFile(name), await compileModule(name)];
  if (!process.argv.includes("--check")) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, made);
  } else if ((await readFile(file, "utf8")) !== made) {
    console.error(`${file} is not what assembly/ compiles to: run \`pnpm build:module\``);
    process.exitCode = 1;
  }
}
