import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** A program of one import, bundled and minified as for a browser, without tfjs. */
export async function bundled(folder: string, name: string, from: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `import { ${name} } from "${from}"; globalThis.used = ${name};`, resolveDir: folder },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    external: ["@tensorflow/*"],
    write: false,
    logLevel: "error",
  });
  return (outputFiles[0] as { text: string }).text;
}

/** What a text weighs on its way to a browser, in kB. */
export function gzipped(text: string): number {
  return gzipSync(text, { level: 9 }).length / 1000;
}
