import { escapeHtml } from "./html.ts";

/** A line of a chart: its name, its points in order, and the class of its colour. */
export interface Curve {
  name: string;
  points: [step: number, value: number][];
  style: string;
}

export interface ChartOptions {
  /** What the chart shows, for those who cannot see it. */
  label: string;
  /** Steps at the right end. */
  steps: number;
  /** Lowest and highest value; by default those that occur, and 0. */
  bounds?: [number, number];
  /** Size in units of which a letter is 12 high. */
  size?: { width: number; height: number };
}

const margin = { top: 12, right: 16, bottom: 40, left: 48 };

/** A line chart over training steps as inline SVG. Values that are not finite are left out. */
export function chart(
  curves: Curve[],
  { label, steps, bounds, size = { width: 460, height: 280 } }: ChartOptions,
): string {
  const { width, height } = size;
  const finite = curves.flatMap(({ points }) => points.map(([, value]) => value).filter(Number.isFinite));
  const [low, high] = bounds ?? [Math.min(0, ...finite), Math.max(0, ...finite)];
  const x = (step: number) => margin.left + ((width - margin.left - margin.right) * step) / steps;
  const y = (value: number) =>
    height - margin.bottom - ((height - margin.top - margin.bottom) * (value - low)) / (high - low || 1);
  const rows = ticks(low, high, height > 200 ? 5 : 3)
    .map((tick) => {
      const at = y(tick).toFixed(1);
      return `<line class="grid" x1="${margin.left}" x2="${width - margin.right}" y1="${at}" y2="${at}"/>
<text x="${margin.left - 8}" y="${at}" text-anchor="end" dominant-baseline="middle">${trimmed(tick)}</text>`;
    })
    .join("\n");
  const columns = ticks(0, steps, width > 400 ? 6 : 3)
    .filter((tick) => tick > 0)
    .map(
      (tick) =>
        `<text x="${x(tick).toFixed(1)}" y="${height - margin.bottom + 18}" text-anchor="middle">${tick}</text>`,
    )
    .join("\n");
  const lines = curves.map(({ name, points, style }) => {
    const drawn = points.filter(([, value]) => Number.isFinite(value));
    const at = drawn.map(([step, value]) => `${x(step).toFixed(1)},${y(value).toFixed(1)}`);
    const last = drawn.at(-1);
    const end = last && `<circle cx="${x(last[0]).toFixed(1)}" cy="${y(last[1]).toFixed(1)}" r="3"/>`;
    return `<g class="${style}"><title>${escapeHtml(name)}${last ? `: ${last[1].toFixed(4)}` : ""}</title><polyline points="${at.join(" ")}"/>${end ?? ""}</g>`;
  });
  return `<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(label)}">
${rows}
${columns}
<text x="${(width + margin.left) / 2}" y="${height - 6}" text-anchor="middle">step</text>
${lines.join("\n")}
</svg>`;
}

/** Round numbers (1, 2 or 5 times a power of ten apart) between two bounds, about `count` of them. */
function ticks(low: number, high: number, count: number): number[] {
  const rough = (high - low || 1) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

function trimmed(tick: number): string {
  return String(Number(tick.toPrecision(6))).replace("-", "−");
}
