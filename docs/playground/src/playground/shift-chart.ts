import { dot, lineY, plot, ruleX, ruleY } from "@observablehq/plot";
import type { Shifts } from "../compute/protocol.ts";
import type { ChartSize } from "../ui/use-chart.ts";

/** A loss against the pixels that the prediction was moved by. */
export function shiftChart({ pixels, values }: Shifts, size: ChartSize): Element {
  const points = pixels.map((shift, i) => ({ shift, loss: values[i] as number }));
  const here = points.filter(({ shift }) => shift === 0);
  return plot({
    ...size,
    marginLeft: 52,
    marginBottom: 40,
    ariaLabel: `From ${pixels[0]} to ${pixels.at(-1)} pixels the loss goes from ${values[0]} over ${here[0]?.loss} to ${values.at(-1)}`,
    x: {
      label: "pixels to the right",
      nice: false,
      ticks: 5,
      tickFormat: (shift: number) => (shift > 0 ? `+${shift}` : String(shift).replace("-", "\u2212")),
    },
    y: { label: "loss", grid: true, nice: true, ticks: 5, zero: Math.min(...values) >= 0 },
    marks: [
      ruleX([0], { stroke: "var(--line-strong)", strokeDasharray: "2 3" }),
      ruleY([0], { stroke: "var(--line-strong)" }),
      lineY(points, { x: "shift", y: "loss", stroke: "var(--accent)", strokeWidth: 2, curve: "monotone-x" }),
      dot(here, { x: "shift", y: "loss", fill: "var(--accent)", r: 5, stroke: "var(--paper)", strokeWidth: 2 }),
    ],
  });
}
