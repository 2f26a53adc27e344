import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { preload } from "./frame.ts";
import { mathCharacters, mathFont } from "./math-font.ts";

/**
 * What is known when all pages are there: the size of each picture, so that no text moves when it arrives; and the characters of all formulas, to
 * which the font for them is cut down, so that pages with formulas can fetch it at once.
 *
 * @param site - the folder of the site
 * @param font - the file of the whole font, for `assets/stix-two-math.woff2`
 */
export async function finishPages(site: string, font: string): Promise<void> {
  const files = globSync("**/*.html", { cwd: site, exclude: ["playground/**", "learn/**", "pagefind/**"] });
  const pages = new Map(files.map((file) => [file, readFileSync(join(site, file), "utf8")]));
  const characters = mathCharacters(pages.values());
  writeFileSync(join(site, "assets/stix-two-math.woff2"), await mathFont(readFileSync(font), characters));
  for (const [file, html] of pages) {
    const finished = withMathFont(withSizes(html, dirname(join(site, file))));
    if (finished !== html) writeFileSync(join(site, file), finished);
  }
}

function withMathFont(html: string): string {
  if (!html.includes("<math")) return html;
  const base = /data-base="([^"]*)"/.exec(html)?.[1] ?? "";
  return html.replace('<link rel="stylesheet"', (link) => `${preload(`${base}assets/stix-two-math.woff2`)}\n${link}`);
}

function withSizes(html: string, folder: string): string {
  const sized = html.replaceAll(/<img src="([^":]+\.svg)"(?![^>]* width=)/g, (tag, source: string) => {
    const svg = join(folder, decodeURIComponent(source));
    return existsSync(svg) ? `${tag} ${sizeOf(svg)}` : tag;
  });
  // A wide one scrolls on a narrow screen, with the keyboard too.
  return sized.replaceAll(/<p>(<img src="[^"]+" width="(\d+)")/g, (tag, image: string, width: string) =>
    Number(width) > 700 ? `<p class="wide" tabindex="0">${image}` : tag,
  );
}

/** Width and height as attributes, from the box of an SVG; nothing where it has none. */
function sizeOf(svg: string): string {
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(readFileSync(svg, "utf8")) ?? [];
  return width === undefined ? "" : `width="${Math.round(Number(width))}" height="${Math.round(Number(height))}"`;
}
