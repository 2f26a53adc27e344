import { escapeHtml } from "./html.ts";

/** A line of a chart: its name and a value for each epoch. */
export interface Curve {
  name: string;
  values: number[];
}

const width = 560;
const height = 300;
const margin = { top: 12, right: 16, bottom: 40, left: 52 };

/** Colours of the losses live in the style sheet, one for light and one for dark pages: this many of them. */
export const curveColours = 6;

/** How a curve and its legend are drawn: the first six by colour, the next by dashes too. */
export function curveClass(index: number): string {
  return `curve c${index % curveColours} d${Math.floor(index / curveColours) % 3}`;
}

/** A line chart over epochs as inline SVG. Values that are not finite are left out. */
export function chart(curves: Curve[], label: string, bounds?: [number, number]): string {
  const epochs = Math.max(1, ...curves.map(({ values }) => values.length));
  const finite = curves.flatMap(({ values }) => values.filter(Number.isFinite));
  const [low, high] = bounds ?? [Math.min(0, ...finite), Math.max(...finite, 0) || 1];
  const x = (epoch: number) => margin.left + ((width - margin.left - margin.right) * epoch) / epochs;
  const y = (value: number) =>
    height - margin.bottom - ((height - margin.top - margin.bottom) * (value - low)) / (high - low);
  const grid = ticks(low, high, 5)
    .map((tick) => {
      const at = y(tick).toFixed(1);
      return `<line class="grid" x1="${margin.left}" x2="${width - margin.right}" y1="${at}" y2="${at}"/>
<text x="${margin.left - 8}" y="${at}" text-anchor="end" dominant-baseline="middle">${trimmed(tick)}</text>`;
    })
    .join("\n");
  const epochTicks = ticks(0, epochs, 8)
    .filter((tick) => Number.isInteger(tick) && tick > 0)
    .map(
      (tick) =>
        `<text x="${x(tick).toFixed(1)}" y="${height - margin.bottom + 18}" text-anchor="middle">${tick}</text>`,
    )
    .join("\n");
  const lines = curves.map(({ name, values }, index) => {
    const points = values.flatMap((value, epoch) =>
      Number.isFinite(value) ? [{ at: `${x(epoch + 1).toFixed(1)},${y(value).toFixed(1)}`, epoch, value }] : [],
    );
    const dots = points.map(({ at, epoch, value }) => {
      const [cx, cy] = at.split(",");
      return `<circle cx="${cx}" cy="${cy}" r="3"><title>${escapeHtml(name)}, epoch ${epoch + 1}: ${value.toFixed(4)}</title></circle>`;
    });
    return `<g class="${curveClass(index)}"><polyline points="${points.map(({ at }) => at).join(" ")}"/>${dots.join("")}</g>`;
  });
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(label)}">
${grid}
${epochTicks}
<text x="${(width + margin.left) / 2}" y="${height - 4}" text-anchor="middle">epoch</text>
${lines.join("\n")}
</svg>`;
}

/** Round numbers (1, 2 or 5 times a power of ten apart) between two bounds, about `count` of them. */
function ticks(low: number, high: number, count: number): number[] {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

function trimmed(tick: number): string {
  return String(Number(tick.toPrecision(6)));
}
