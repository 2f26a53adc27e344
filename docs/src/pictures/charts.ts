import * as Plot from "@observablehq/plot";
import { encode } from "fast-png";
import { side } from "./scene.ts";
import { document, type Panel, panelOf } from "./svg.ts";

/** A line of a chart. */
export interface Line {
  readonly name?: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** One of the colours of the sheet. */
  readonly color: "one" | "zero" | "third" | "fourth" | "ink";
}

interface ChartOptions {
  readonly title: string;
  readonly x: string;
  readonly lines: readonly Line[];
  readonly width?: number;
  readonly height?: number;
  /** A vertical line at what is right. */
  readonly right?: number;
  /** The room for names at the ends of the lines. */
  readonly names?: number;
  readonly xType?: "log";
}

/** Lines over one axis, each named at its end where it has a name. */
export function chart({ title, x, lines, right, names = 104, xType, width = 220, height = 168 }: ChartOptions): Panel {
  const points = lines.flatMap((line) => line.points.map(([at, value]) => ({ at, value, line })));
  const named = lines.filter(({ name }) => name !== undefined);
  const plot = Plot.plot({
    document: document as unknown as Document,
    width,
    height,
    marginTop: 40,
    marginBottom: 32,
    marginLeft: 40,
    marginRight: named.length > 0 ? names : 12,
    x: {
      label: null,
      ticks: 4,
      tickSize: 3,
      insetRight: 2,
      ...(xType === undefined ? {} : { type: xType, tickFormat: short }),
    },
    y: { label: null, ticks: 4, tickSize: 0, nice: true, zero: true, tickFormat: short },
    marks: [
      Plot.gridY({ stroke: "var(--line)", strokeOpacity: 1, ticks: 4 }),
      ...(right === undefined ? [] : [Plot.ruleX([right], { stroke: "var(--soft)", strokeDasharray: "2,3" })]),
      Plot.line(points, {
        x: "at",
        y: "value",
        z: "line",
        stroke: ({ line }: { line: Line }) => `var(--${line.color})`,
        strokeWidth: 2,
      }),
      Plot.text([title], {
        frameAnchor: "top-left",
        dx: -38,
        dy: -40,
        fill: "var(--ink)",
        fontWeight: 600,
        fontSize: 12,
      }),
      Plot.text([x], { frameAnchor: "bottom-right", dy: 30, textAnchor: "end" }),
      Plot.text(labels(named), {
        x: "at",
        y: "value",
        text: "name",
        dx: 6,
        textAnchor: "start",
        fill: ({ color }: { color: string }) => `var(--${color})`,
      }),
    ],
  });
  return panelOf(plot, width, height);
}

function short(value: number): string {
  return Math.abs(value) >= 1000 ? `${value / 1000}k` : String(Number(value.toPrecision(3)));
}

/** The names of lines at their ends, pushed apart where they would lie upon each other. */
function labels(lines: readonly Line[]): readonly { name: string; at: number; value: number; color: string }[] {
  const ends = lines.map(({ name, points, color }) => {
    const [at, value] = points.at(-1) as readonly [number, number];
    return { name: name as string, at, value, color };
  });
  const values = lines.flatMap(({ points }) => points.map(([, value]) => value));
  const step = (Math.max(...values, 0) - Math.min(...values, 0)) / 9;
  ends.sort((a, b) => a.value - b.value);
  for (const [index, end] of ends.entries()) {
    const below = ends[index - 1];
    if (below) end.value = Math.max(end.value, below.value + step);
  }
  return ends;
}

/** A colour for a value, as red, green, blue and opacity from 0 to 255. */
export type Colours = (value: number) => readonly [number, number, number, number];

interface MapOptions {
  readonly title: string;
  readonly note?: string;
  readonly values: Float32Array;
  readonly colours: Colours;
  /** Masks whose borders are drawn: the first with a line, the second dashed. */
  readonly outlines?: readonly Float32Array[];
  readonly size?: number;
}

/** A square of coloured voxels with a title above and a line of text below. */
export function mapPanel({ title, note, values, colours, outlines = [], size = 200 }: MapOptions): Panel {
  const png = encode({ width: side, height: side, channels: 4, data: Uint8Array.from([...values].flatMap(colours)) });
  const src = `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
  const [top, bottom] = [22, note === undefined ? 1 : 22];
  const plot = Plot.plot({
    document: document as unknown as Document,
    width: size,
    height: size + top + bottom,
    marginTop: top,
    marginBottom: bottom,
    marginLeft: 1,
    marginRight: 1,
    x: { domain: [0, side], axis: null },
    y: { domain: [side, 0], axis: null },
    marks: [
      Plot.image([0], {
        x: side / 2,
        y: side / 2,
        width: size - 2,
        height: size - 1,
        src: () => src,
        imageRendering: "pixelated",
        preserveAspectRatio: "none",
      }),
      Plot.frame({ stroke: "var(--line)" }),
      ...outlines.map((mask, index) =>
        Plot.contour(mask, {
          width: side,
          height: side,
          x1: 0,
          y1: 0,
          x2: side,
          y2: side,
          thresholds: [0.5],
          smooth: false,
          fill: "none",
          stroke: "var(--ink)",
          strokeWidth: 1.25,
          strokeDasharray: index === 0 ? "none" : "3,2.5",
        }),
      ),
      Plot.text([title], { frameAnchor: "top-left", dy: -21, fill: "var(--ink)", fontWeight: 600, fontSize: 12 }),
      Plot.text(note === undefined ? [] : [note], { frameAnchor: "bottom-left", dy: 18, lineAnchor: "bottom" }),
    ],
  });
  return panelOf(plot, size, size + top + bottom);
}

/** Up is vermilion and down is blue, the stronger the more opaque, by the square root, so that what is small is seen too. */
export function upAndDown(values: Float32Array): Colours {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return (value) => {
    const strength = largest === 0 ? 0 : Math.round(255 * Math.sqrt(Math.abs(value) / largest));
    return value > 0 ? [224, 92, 8, strength] : [0, 122, 194, strength];
  };
}
