import { fileURLToPath } from "node:url";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { bundled } from "./src/bundled.ts";
import { chromiumOptions } from "./src/chromium.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Suites that run in a browser as well: the contract of every loss, the reductions they are made of, and workers; `gpu` runs nowhere else. */
const suites = [
  "packages/*/test/*.contract.test.ts",
  "packages/core-reduce/test/*.test.ts",
  "packages/*/test/gpu/*.ts",
  "packages/distance-map/test/pool.test.ts",
  "packages/distance-map/test/bundled/pool.ts",
];
/** Suites of what only Node has: files, tfjs-node, a tfjs without gradients, and reads that wait, which webgpu has not. */
const nodeOnly = [
  ...["fused-module", "fused-fallback", "fused-tfjs-node", "fused-tfjs-node-gpu", "without-gradients", "probabilities"],
].map((name) => `packages/core-reduce/test/${name}.test.ts`);

/** Suites that take a software GPU a minute each; LOSSARY_BROWSER=all runs them too. */
const slow = ["active-boundary", "cl-dice", "hausdorff-convolution", "hausdorff-erosion"].map(
  (name) => `packages/*/test/${name}.contract.test.ts`,
);
const leftOut = process.env.LOSSARY_BROWSER === "all" ? nodeOnly : [...nodeOnly, ...slow];

export default defineConfig({
  root,
  cacheDir: fileURLToPath(new URL("node_modules/.vite-browser", import.meta.url)),
  resolve: { conditions: ["@lossary/source", "browser", "module", "development|production"] },
  test: {
    include: suites,
    setupFiles: fileURLToPath(new URL("src/browser.ts", import.meta.url)),
    exclude: leftOut,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: [
      "default",
      ["json", { outputFile: fileURLToPath(new URL(".results/tests-browser.json", import.meta.url)) }],
    ],
    // one page for all, so that every shader is compiled once
    isolate: false,
    fileParallelism: false,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      commands: { bundled },
      provider: playwright({
        launchOptions: chromiumOptions("--enable-unsafe-webgpu"),
      }),
      instances: [{ browser: "chromium" }],
    },
  },
});
