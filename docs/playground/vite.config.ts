import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { siteFrame } from "../src/frame-plugin.ts";

const page = (name: string) => fileURLToPath(new URL(`${name}/index.html`, import.meta.url));

/** Two pages with everything they need beside them: they work from any folder of any server, and offline. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  plugins: [siteFrame(fileURLToPath(new URL("../..", import.meta.url)))],
  resolve: { conditions: ["@lossary/source", "browser", "module", "development|production"] },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  worker: { format: "es" },
  build: {
    outDir: "dist",
    assetsDir: "playground/assets",
    // the largest part is tfjs with its backends, which only the worker loads
    chunkSizeWarningLimit: 1200,
    rolldownOptions: { input: { playground: page("playground"), learn: page("learn") } },
  },
});
