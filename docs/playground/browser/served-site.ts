import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { preview } from "vite";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the built pages are served, in a folder of a server as on GitHub Pages. */
    readonly site: string;
  }
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Builds both pages, and serves them under a path. */
export default async function serveSite({ provide }: TestProject): Promise<() => void> {
  const outDir = here("../.results/site");
  execFileSync(process.execPath, [here("../scripts/build-pages.ts"), outDir], { stdio: "inherit" });
  const server = await preview({
    root: here(".."),
    base: "/some/where/",
    build: { outDir },
    preview: { host: "localhost", port: 0 },
    logLevel: "error",
  });
  provide("site", server.resolvedUrls?.local[0] as string);
  return () => void server.httpServer.close();
}
