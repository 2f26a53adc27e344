import { color } from "d3-color";
import { interpolateViridis } from "d3-scale-chromatic";
import type { Colours } from "./charts.ts";

/** viridis from the least to the largest finite value, bright where it is large. */
export function viridis(values: Float32Array): Colours {
  const finite = values.filter(Number.isFinite);
  const [least, largest] = [Math.min(...finite), Math.max(...finite)];
  return (value) => {
    const share = largest === least ? 0 : (Math.min(value, largest) - least) / (largest - least);
    const { r, g, b } = color(interpolateViridis(share))?.rgb() ?? { r: 0, g: 0, b: 0 };
    return [r, g, b, 255];
  };
}
