import { existsSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

/**
 * Builds the pages that are programs, those of the vite project in `folder`, into the site: its `playground/index.html` becomes
 * `out/playground/index.html`, and so on. Links are relative, so that the site works from any folder of a server.
 */
export async function buildApps(folder: string, out: string): Promise<void> {
  const configFile = join(folder, "vite.config.ts");
  if (!existsSync(configFile)) return;
  await build({
    configFile,
    root: folder,
    base: "./",
    logLevel: "warn",
    build: { outDir: out, emptyOutDir: false },
  });
}
