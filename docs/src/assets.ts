import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const resolved = (specifier: string): string => fileURLToPath(import.meta.resolve(specifier));

const fonts: Readonly<Record<string, string>> = {
  "source-sans.woff2": "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2",
  "source-sans-italic.woff2": "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-italic.woff2",
  "source-sans-greek.woff2": "@fontsource-variable/source-sans-3/files/source-sans-3-greek-wght-normal.woff2",
  "source-serif.woff2": "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2",
  "source-code.woff2": "@fontsource-variable/source-code-pro/files/source-code-pro-latin-wght-normal.woff2",
  "Temml.woff2": "temml/dist/Temml.woff2",
};

/** The whole font for formulas. */
export const wholeMathFont = resolved("@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff2");

/** What typedoc adds to every page for its own scripts; ours has none of them. */
const unused = ["main.js", "search.js", "navigation.js", "icons.js", "hierarchy.js"];

/** The sheet of typedoc's pages: how formulas are set, and the look of the text. */
export function writeStyles(file: string): void {
  const temml = readFileSync(resolved("temml/dist/Temml-Local.css"), "utf8");
  writeFileSync(file, temml + readFileSync(join(here, "site.css"), "utf8"));
}

/** Copies fonts, frame and icon into the site, and takes out what no page reads. */
export function copyAssets(out: string): void {
  const assets = join(out, "assets");
  for (const [name, file] of Object.entries(fonts)) copyFileSync(resolved(file), join(assets, name));
  for (const name of ["frame.css", "frame.js", "icon.svg"]) {
    copyFileSync(join(here, "browser", name), join(assets, name));
  }
  for (const name of unused) rmSync(join(assets, name), { force: true });
}
