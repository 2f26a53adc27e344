import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, posix } from "node:path";

/** Where each entry of installed packages lies, as a static server of their folder serves it. */
export function entriesOf(folder: string, names: readonly string[]): Record<string, string> {
  const entries = names.flatMap((name) => {
    const at = posix.join("node_modules", name);
    const { exports } = JSON.parse(readFileSync(join(folder, at, "package.json"), "utf8")) as {
      exports: Record<string, string | { default: string }>;
    };
    return Object.entries(exports).map(([entry, file]): [string, string] => [
      posix.join(name, entry),
      `/${posix.join(at, typeof file === "string" ? file : file.default)}`,
    ]);
  });
  return Object.fromEntries(entries);
}

/** A page that finds packages by an import map and needs no bundler; the hash admits the map to a content security policy. */
export function pageWithMap(imports: Readonly<Record<string, string>>, script: string): { html: string; hash: string } {
  const map = JSON.stringify({ imports });
  const hash = createHash("sha256").update(map).digest("base64");
  const html = `<!doctype html>\n<script type="importmap">${map}</script>\n<script type="module" src="${script}"></script>\n`;
  return { html, hash: `'sha256-${hash}'` };
}
