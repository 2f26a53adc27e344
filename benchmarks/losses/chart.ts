import { compared } from "./ours.ts";
import { picture } from "./picture.ts";
import { type Results, type Row, titleOf } from "./table.ts";

const contenders = ["fused", "torch", "composed"] as const;
const [left, right, width, bar, gap, head] = [150, 80, 760, 14, 12, 30];

/** Bars of the losses of which there are others' too: wasm, one-hot labels, one panel a shape with a scale of its own. */
export function chart({ rows }: Results): string {
  const shown = rows.filter(
    ({ backend, target, loss, results }) =>
      backend === "wasm" && target === "one-hot" && compared.includes(loss) && results.composed,
  );
  const shapes = [...new Set(shown.map(({ shape }) => shape))];
  let top = head;
  const panels = shapes.map((shape) => {
    const ofShape = shown.filter((row) => row.shape === shape);
    const drawn = panel(shape, ofShape, top);
    top += drawn.height;
    return drawn.svg;
  });
  const frame = {
    width,
    height: top,
    label: "Milliseconds of one forward and backward pass",
    light: ".title{font-weight:600}.fused{fill:#0072b2}.torch{fill:#d55e00}.composed{fill:#8a94a6}",
    dark: ".fused{fill:#56b4e9}.torch{fill:#e8863a}.composed{fill:#7d8794}",
  };
  return picture(frame, [legend(), ...panels]);
}

function legend(): string {
  return contenders
    .map((name, index) => {
      const x = left + 130 * index;
      return `<rect class="${name}" x="${x}" y="8" width="12" height="12"/><text x="${x + 18}" y="18">${titleOf(name)}</text>`;
    })
    .join("");
}

function panel(shape: string, rows: readonly Row[], top: number): { svg: string; height: number } {
  const times = rows.flatMap(({ results }) => contenders.map((name) => results[name]?.median ?? 0));
  const scale = (width - left - right) / Math.max(...times);
  const lines = [`<text class="title" x="12" y="${top + 16}">[${shape.replaceAll("x", ", ")}], milliseconds</text>`];
  let y = top + 30;
  for (const { loss, results } of rows) {
    lines.push(`<text x="12" y="${y + 12}">${loss}</text>`);
    for (const name of contenders) {
      const median = results[name]?.median;
      if (median === undefined) continue;
      const length = Math.max(1, median * scale);
      lines.push(`<rect class="${name}" x="${left}" y="${y}" width="${length.toFixed(1)}" height="${bar - 2}"/>`);
      lines.push(
        `<text class="small" x="${(left + length + 6).toFixed(1)}" y="${y + 10}">${median.toPrecision(3)}</text>`,
      );
      y += bar;
    }
    y += gap;
  }
  return { svg: lines.join("\n"), height: y - top + gap };
}
