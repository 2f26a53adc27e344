import { type ColourScale, cssGradient } from "@lossary/example-demo/colour-scale";
import { legendText } from "./number-text.ts";

interface LegendProps {
  readonly scale: ColourScale;
  readonly low: number;
  readonly high: number;
  /** What the two ends mean, where that needs words. */
  readonly ends?: readonly [string, string];
}

/** What the colours of a map stand for. */
export function Legend({ scale, low, high, ends }: LegendProps) {
  return (
    <div class="legend">
      <div class="legend-bar" style={{ background: cssGradient(scale) }} />
      <div class="legend-ticks number">
        <span>{legendText(low)}</span>
        <span>{legendText((low + high) / 2)}</span>
        <span>{legendText(high)}</span>
      </div>
      {ends && (
        <div class="legend-ends">
          <span>{ends[0]}</span>
          <span>{ends[1]}</span>
        </div>
      )}
    </div>
  );
}
