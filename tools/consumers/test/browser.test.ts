import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { bundledApp, bundledScript, bundledTfjs, tfjsEntry } from "../src/bundle.ts";
import { launch, printedBy } from "../src/chromium.ts";
import { entriesOf, pageWithMap } from "../src/import-map.ts";
import { serve } from "../src/serve.ts";

const consumer = inject("consumer");
const packages = inject("packed").map(({ name }) => name);

// Dice: FP .2, FN .1 + .4 + .7, I 1.8; Hausdorff: (p - g)^2 .04 .01 .16 .49, squared distances 1 1 4 9 to the true border and 1 to the predicted one
const values = { dice: "0.2800", hausdorff: "1.4500" };
const withWasm = JSON.stringify({ ...values, kernels: "simd", distances: "wasm" });
const withoutWasm = JSON.stringify({ ...values, kernels: "loops", distances: "typescript" });

/** Nothing from elsewhere, nothing inline, no eval. */
const strict = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'";
/** What SIMD kernels need beside that. */
const compiling = strict.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'");

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** What a page of the consumer prints under a policy. */
async function opened(path: string, policy: string, lines = 1): ReturnType<typeof printedBy> {
  const { url, close } = await serve(consumer, policy);
  try {
    return await printedBy(browser, `${url}/${path}`, lines);
  } finally {
    close();
  }
}

it("runs as a vite app, on the page, in a worker of its own and in those of a pool", async () => {
  await bundledApp(consumer, "browser/app.html", "app");
  expect(await opened("app/browser/app.html", compiling, 3)).toEqual({
    printed: [`page ${withWasm}`, "pool [0,1,2,3]", `worker ${withWasm}`],
    warned: [],
  });
});

it("runs in a script that esbuild made", async () => {
  await bundledScript(consumer, "browser/page.js", "script/page.js");
  writeFileSync(join(consumer, "script/page.html"), '<!doctype html>\n<script src="./page.js"></script>\n');
  expect(await opened("script/page.html", compiling)).toEqual({ printed: [`page ${withWasm}`], warned: [] });
});

it("computes the same where a policy forbids WebAssembly, and says so once", async () => {
  await bundledScript(consumer, "browser/page.js", "script/page.js");
  writeFileSync(join(consumer, "script/page.html"), '<!doctype html>\n<script src="./page.js"></script>\n');
  const { printed, warned } = await opened("script/page.html", strict);
  expect(printed).toEqual([`page ${withoutWasm}`]);
  const said = warned.filter((text) => text.includes("Lossary"));
  expect(said).toEqual([
    expect.stringMatching(/WebAssembly SIMD cannot be used here .*unsafe-eval.*; plain loops run in its place/s),
    expect.stringMatching(/WebAssembly SIMD cannot measure distances here .*unsafe-eval/s),
  ]);
});

it("runs from the files as they lie in node_modules, by an import map, without a bundler", async () => {
  // tfjs-core itself needs a bundler once, as it takes in CommonJS; it becomes one local file
  await bundledTfjs(consumer, "tfjs.js");
  const tfjs = { "@tensorflow/tfjs-core": "/tfjs.js", "@tensorflow/tfjs-backend-cpu": "/tfjs.js" };
  const { html, hash } = pageWithMap({ ...entriesOf(consumer, packages), ...tfjs }, "/browser/page.js");
  writeFileSync(join(consumer, "plain.html"), html);
  const policy = compiling.replace("script-src", `script-src ${hash}`);
  expect(await opened("plain.html", policy)).toEqual({ printed: [`page ${withWasm}`], warned: [] });
});

it("runs on the page that the guide shows", async () => {
  const guide = readFileSync(fileURLToPath(new URL("../../../docs/in-browsers.md", import.meta.url)), "utf8");
  const page = /^```html\n([\s\S]*?)^```/m.exec(guide)?.[1];
  expect(guide).toContain(tfjsEntry);
  await bundledTfjs(consumer, "tfjs.js");
  writeFileSync(join(consumer, "guide.html"), `<!doctype html>\n${page}`);
  const { printed } = await opened("guide.html", "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'");
  expect(printed.map(Number)).toEqual([expect.closeTo(0.28, 4)]);
});
