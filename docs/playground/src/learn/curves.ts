import { lineY, plot, ruleY } from "@observablehq/plot";
import type { ChartSize } from "../ui/use-chart.ts";
import type { Point } from "./store.ts";

const colours = ["var(--side-0)", "var(--side-1)"] as const;

/** The steps so far; a curve without any has an axis to begin with. */
function steps(points: readonly Point[]): [number, number] {
  return [0, Math.max(20, points.at(-1)?.step ?? 0)];
}

/** The loss of one side, on a scale of its own: what two losses are worth cannot be compared. */
export function lossCurve(points: readonly Point[], side: 0 | 1, size: ChartSize): Element {
  const values = points.map(({ loss }) => loss[side]).filter(Number.isFinite);
  return plot({
    ...size,
    marginLeft: 48,
    marginBottom: 34,
    ariaLabel: `Loss over ${points.at(-1)?.step ?? 0} steps, from ${values[0]} to ${values.at(-1)}`,
    x: { domain: steps(points), label: "step", ticks: 4 },
    y: { label: "loss", grid: true, nice: true, ticks: 4, zero: Math.min(0, ...values) >= 0 },
    marks: [
      ruleY([0], { stroke: "var(--line-strong)" }),
      lineY(points, { x: "step", y: ({ loss }: Point) => loss[side], stroke: colours[side], strokeWidth: 2 }),
    ],
  });
}

/** Dice of both sides. */
export function diceCurves(points: readonly Point[], size: ChartSize): Element {
  const [first, second] = points.at(-1)?.dice ?? [0, 0];
  return plot({
    ...size,
    marginLeft: 48,
    marginBottom: 34,
    ariaLabel: `Dice over ${points.at(-1)?.step ?? 0} steps: ${first.toFixed(3)} and ${second.toFixed(3)}`,
    x: { domain: steps(points), label: "step", ticks: size.width / 90 },
    y: { domain: [0, 1], label: "Dice", grid: true, ticks: 5 },
    marks: [
      ruleY([0], { stroke: "var(--line-strong)" }),
      ...([0, 1] as const).map((side) =>
        lineY(points, { x: "step", y: ({ dice }: Point) => dice[side], stroke: colours[side], strokeWidth: 2 }),
      ),
    ],
  });
}
