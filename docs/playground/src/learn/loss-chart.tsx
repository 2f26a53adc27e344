import { useChart } from "../ui/use-chart.ts";
import { points } from "./store.ts";

/** The loss of one of the two over the steps. */
export function LossChart({ side }: { readonly side: 0 | 1 }) {
  const shown = points.value;
  const place = useChart(
    (size) => import("./curves.ts").then(({ lossCurve }) => lossCurve(shown, side, size)),
    [shown, side],
  );
  return <div ref={place} class="chart loss-chart" />;
}
