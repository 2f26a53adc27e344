import { titleOf } from "../catalogue/names.ts";
import { useChart } from "../ui/use-chart.ts";
import { names, points } from "./store.ts";

/** Dice of both over the steps: one scale, so that they can be compared. */
export function DiceChart() {
  const shown = points.value;
  const place = useChart((size) => import("./curves.ts").then(({ diceCurves }) => diceCurves(shown, size)), [shown]);
  return (
    <figure class="panel dice-panel">
      <figcaption class="panel-head">
        <h2>Dice of the masks</h2>
        {names.value.map((name, side) => (
          <span class={`note side-${side}`} key={`${side}-${name}`}>
            <i class="key" aria-hidden="true" /> {titleOf(name)}
          </span>
        ))}
      </figcaption>
      <div ref={place} class="chart dice-chart" />
    </figure>
  );
}
