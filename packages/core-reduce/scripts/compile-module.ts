import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const packageFolder = fileURLToPath(new URL("..", import.meta.url));

/** Where the module's bytes stand as text. */
export const generatedFile = `${packageFolder}src/fused/module.generated.ts`;

/** Constants below the first buffer, and 9 pages of memory, 576 kB, which never grow: nothing else could make a view stale. */
const options =
  "--optimizeLevel 3 --enable simd --runtime stub --noAssert --memoryBase 64 --initialMemory 9 --maximumMemory 9";

/** Compiles `assembly/` and returns the text of the generated file. */
export async function compileModule(): Promise<string> {
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    ["assembly/index.ts", ...options.split(" "), "--baseDir", packageFolder, "--outFile", "module.wasm"],
    {
      writeFile: (name, contents) => {
        if (name === "module.wasm" && typeof contents !== "string") binary = contents;
      },
    },
  );
  if (error) throw new Error(`assembly/ does not compile: ${error.message}\n${stderr}`);
  if (binary === undefined) throw new Error("assembly/ compiled to nothing");
  // two digits a byte: longer than base64, and a quarter shorter after gzip, which finds repeated bytes in it
  const text = Buffer.from(binary).toString("hex");
  return `// Made from assembly/ by scripts/build-module.ts.\nexport const moduleBytes =\n  "${text}";\n`;
}
