import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import type { BrowserCommand } from "vitest/node";

declare module "vitest/browser" {
  interface BrowserCommands {
    /** What the default export of a module of the repository resolves to on a page of its own, bundled. */
    bundled(entry: string): Promise<unknown>;
  }
}

/** Bundles a module for production, serves the files, and calls its default export on an empty page. */
export const bundled: BrowserCommand<[entry: string]> = async ({ context }, entry) => {
  const folder = await mkdtemp(join(tmpdir(), "lossary-bundled-"));
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  await build({
    root,
    configFile: false,
    logLevel: "error",
    resolve: { conditions: ["@lossary/source", "browser", "module"] },
    worker: { format: "es" },
    build: {
      outDir: folder,
      rolldownOptions: {
        input: join(root, entry),
        preserveEntrySignatures: "strict",
        output: { entryFileNames: "page.js" },
      },
    },
  });
  const server = createServer(async ({ url = "/" }, response) => {
    const file =
      url === "/" ? Buffer.from("<!doctype html>") : await readFile(join(folder, url)).catch(() => undefined);
    response.writeHead(file ? 200 : 404, { "content-type": url.endsWith(".js") ? "text/javascript" : "text/html" });
    response.end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const page = await context.newPage();
  try {
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
    return await page.evaluate(`import("/page.js").then((module) => module.default())`);
  } finally {
    await page.close();
    server.close();
    await rm(folder, { recursive: true });
  }
};
