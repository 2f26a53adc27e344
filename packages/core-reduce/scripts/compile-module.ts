import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";
import { textOf } from "../src/fused/module-text.ts";

const packageFolder = fileURLToPath(new URL("..", import.meta.url));

/**
 * The modules, and where their constants begin: they share a memory, whose buffers begin at 1024. A program carries those of the reductions that it uses,
 * so each has its own copy of what it shares with others. Those of windows and of the selection have no constants.
 */
export const modules = {
  plain: 64,
  overlap: 256,
  errors: 448,
  "cross-entropy": 640,
  "overlap-field": 832,
  selection: 0,
  windows: 0,
  // at the end of the memory, behind everything else
  "overlap-regions": 589_632,
  distributions: 589_440,
  "overlap-errors": 589_248,
} as const;

/** The end of each module's constants. */
export const constantBytes = 192;

export type ModuleName = keyof typeof modules;

/** Where a module's bytes stand as text. */
export function generatedFile(name: ModuleName): string {
  return `${packageFolder}src/fused/modules/${name}.generated.ts`;
}

const options =
  "--optimizeLevel 3 --converge --enable simd --runtime stub --noAssert --importMemory --initialMemory 9 --maximumMemory 9";

/** Compiles a module of `assembly/modules` and returns the text of its generated file. */
export async function compileModule(name: ModuleName): Promise<string> {
  let binary: Uint8Array | undefined;
  const source = `assembly/modules/${name}.ts`;
  const { error, stderr } = await asc.main(
    [
      source,
      ...options.split(" "),
      "--memoryBase",
      String(modules[name]),
      "--baseDir",
      packageFolder,
      "--outFile",
      "module.wasm",
    ],
    {
      writeFile: (file, contents) => {
        if (file === "module.wasm" && typeof contents !== "string") binary = contents;
      },
    },
  );
  if (error) throw new Error(`${source} does not compile: ${error.message}\n${stderr}`);
  if (binary === undefined) throw new Error(`${source} compiled to nothing`);
  const constant = `${name.replace(/-./g, (part) => part.charAt(1).toUpperCase())}Module`;
  return `// Made from ${source} by scripts/build-module.ts.\nimport type { SimdModule } from "../simd-module.ts";\n\nexport const ${constant}: SimdModule = {\n  text:\n    "${textOf(binary)}",\n};\n`;
}
