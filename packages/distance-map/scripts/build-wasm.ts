import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { main } from "assemblyscript/asc";

/** Compiles the module, and returns its bytes. */
export async function compile(): Promise<Uint8Array> {
  let bytes: Uint8Array | undefined;
  const folder = fileURLToPath(new URL("..", import.meta.url));
  const { error, stderr } = await main(
    [
      "assembly/index.ts",
      "--outFile",
      "distance.wasm",
      "--optimizeLevel",
      "3",
      "--converge",
      "--noAssert",
      "--runtime",
      "stub",
      "--use",
      "abort=",
      "--enable",
      "simd",
      "--baseDir",
      folder,
    ],
    {
      writeFile(name: string, contents: string | Uint8Array) {
        if (name.endsWith(".wasm") && typeof contents !== "string") bytes = contents;
      },
    },
  );
  if (error || !bytes) throw new Error(`asc failed: ${error?.message ?? "no output"}\n${stderr.toString()}`);
  return bytes;
}

/** The source of the file that embeds the bytes: in hexadecimal, which gzip makes a fifth smaller than base64. */
export function embed(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString("hex");
  return `// Made by "pnpm run build:wasm" from assembly/: ${bytes.length} bytes. Do not edit.\nexport const WASM_HEX =\n  "${hex}";\n`;
}

export const EMBEDDED = new URL("../src/array/distance-wasm.generated.ts", import.meta.url);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const bytes = await compile();
  const source = embed(bytes);
  const stale = source !== readFileSync(EMBEDDED, { encoding: "utf8", flag: "a+" });
  if (stale) writeFileSync(EMBEDDED, source);
  console.log(`${bytes.length} bytes${stale ? "" : ", unchanged"}`);
}
