import { parseHTML } from "linkedom";

/** A document for Plot to draw in. */
export const { document } = parseHTML("<!doctype html><body></body>");

/** A picture or a part of one. */
export interface Panel {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

// Vermilion and blue of Okabe and Ito, which everybody tells apart, lighter on dark ground. The other inks are the site's.
const style = `
svg { --ink: #1d242a; --soft: #525c65; --line: #d9d6cd; --one: #c24e00; --zero: #0072b2; --third: #00795a; --fourth: #a6457f; }
@media (prefers-color-scheme: dark) {
  svg { --ink: #e6eaed; --soft: #a6b1ba; --line: #36424c; --one: #f0995c; --zero: #66b8ea; --third: #4cc79f; --fourth: #e19cc4; }
}
svg { color: var(--soft); fill: currentColor; font: 11px "Source Sans 3", system-ui, sans-serif; }
.title { fill: var(--ink); font-size: 12px; font-weight: 600; }
.note { font-size: 11px; }
`;

/** Panels in rows under each other as one file, with a name for those who hear it. */
export function sheet(title: string, rows: readonly (readonly Panel[])[], gap = 16): string {
  let top = 0;
  const placed = rows.map((row) => {
    let left = 0;
    const cells = row.map(({ svg, width }) => {
      const cell = svg.replace("<svg ", `<svg x="${left}" y="${top}" `);
      left += width + gap;
      return cell;
    });
    top += Math.max(...row.map(({ height }) => height)) + gap;
    return { cells, right: left - gap };
  });
  const [width, height] = [Math.max(...placed.map(({ right }) => right)), top - gap];
  const cells = placed.flatMap((row) => row.cells).join("\n");
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">
<title>${escaped(title)}</title>
<style>${style}</style>
${cells}
</svg>
`;
}

/** What Plot drew, without its own sheet and with as many digits as can be seen. */
export function panelOf(plot: Element, width: number, height: number): Panel {
  const svg = plot.outerHTML
    .replaceAll(/<style>[\s\S]*?<\/style>/g, "")
    .replaceAll(/ class="plot-[^"]*"/g, "")
    .replaceAll(/(\d+\.\d{2})\d+/g, "$1")
    .replaceAll(/ (?:xmlns|xmlns:xlink)="[^"]*"/g, "");
  return { svg, width, height };
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
