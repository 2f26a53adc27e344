import { titleOf } from "../catalogue/names.ts";
import { lossText } from "../ui/number-text.ts";
import { values } from "./results.ts";
import { chosenLoss } from "./store.ts";

/** The chosen loss at the foot of a narrow screen, where the masks that are painted would hide its panel. */
export function ValueBar() {
  const { name } = chosenLoss.value;
  const outcome = values.value[name];
  return (
    <div class="value-bar" aria-hidden="true">
      <span>{titleOf(name)}</span>
      <span class="number">{outcome && ("error" in outcome ? "refused" : lossText(outcome.value))}</span>
    </div>
  );
}
