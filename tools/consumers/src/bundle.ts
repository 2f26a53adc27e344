import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { build as buildWithVite, type Rolldown } from "vite";

const program = (name: string, from: string) => `import { ${name} } from "${from}"; globalThis.used = ${name};`;

/** A program of one import, bundled and minified as for a browser, without tfjs. */
export async function bundled(folder: string, name: string, from: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program(name, from), resolveDir: folder },
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

/** The same by the bundler of vite. */
export async function bundledByRolldown(folder: string, name: string, from: string): Promise<string> {
  const entry = "virtual:entry";
  const result = (await buildWithVite({
    root: folder,
    configFile: false,
    logLevel: "error",
    plugins: [
      {
        name: "entry",
        resolveId: (id) => (id === entry ? `${folder}/entry.js` : null),
        load: (id) => (id === `${folder}/entry.js` ? program(name, from) : null),
      },
    ],
    build: { write: false, rolldownOptions: { input: entry, external: [/^@tensorflow\//] } },
  })) as Rolldown.RolldownOutput;
  return result.output.map((file) => ("code" in file ? file.code : "")).join("\n");
}

/** A page and what it needs, built by vite into a folder of files. */
export async function bundledApp(folder: string, page: string, into: string): Promise<void> {
  await buildWithVite({
    root: folder,
    base: `/${into}/`,
    configFile: false,
    logLevel: "error",
    worker: { format: "es" },
    build: { outDir: into, modulePreload: false, rolldownOptions: { input: join(folder, page) } },
  });
}

/** A program and what it needs in one classic script, built by esbuild. */
export async function bundledScript(folder: string, program: string, into: string): Promise<void> {
  const entryPoints = [join(folder, program)];
  await build({
    entryPoints,
    outfile: join(folder, into),
    bundle: true,
    minify: true,
    format: "iife",
    logLevel: "error",
  });
}

/** What becomes one local file where there is no bundler, as the guide says. */
export const tfjsEntry = 'export * from "@tensorflow/tfjs-core"; import "@tensorflow/tfjs-backend-cpu";';

/** tfjs-core with its cpu backend as one module. */
export async function bundledTfjs(folder: string, into: string): Promise<void> {
  const stdin = { contents: tfjsEntry, resolveDir: folder };
  await build({ stdin, outfile: join(folder, into), bundle: true, format: "esm", logLevel: "error" });
}

/** What a text weighs on its way to a browser, in kB. */
export function gzipped(text: string): number {
  return gzipSync(text, { level: 9 }).length / 1000;
}
