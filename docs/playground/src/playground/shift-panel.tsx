import { titleOf } from "../catalogue/names.ts";
import { state } from "../scene/page-state.ts";
import { useChart } from "../ui/use-chart.ts";
import { shifts } from "./results.ts";

/** The chosen loss against a shift of the prediction. */
export function ShiftPanel() {
  const shown = shifts.value;
  const outcome = shown?.name === state.value.loss ? shown.outcome : undefined;
  const moved = outcome && "value" in outcome ? outcome.value : undefined;
  const place = useChart(
    moved && ((size) => import("./shift-chart.ts").then(({ shiftChart }) => shiftChart(moved, size))),
    [moved],
  );
  return (
    <figure class="panel shifts">
      <figcaption class="panel-head">
        <h2>When the prediction moves</h2>
        <span class="note">{titleOf(state.value.loss)}</span>
      </figcaption>
      <div class="chart-place">
        <div ref={place} class="chart" />
        {outcome && "error" in outcome && <p class="empty">No curve: the loss is refused</p>}
      </div>
    </figure>
  );
}
