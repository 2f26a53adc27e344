import { families, losses } from "../catalogue/losses.ts";
import { familyTitles, titleOf } from "../catalogue/names.ts";
import { change, state } from "../scene/page-state.ts";
import { lossText } from "../ui/number-text.ts";
import { values } from "./results.ts";

/** Every loss of the library with its value on these masks; the chosen one is shown in full. */
export function LossList() {
  return (
    <section class="losses panel" aria-label="Losses">
      <h2>All losses</h2>
      <div class="losses-scroll">
        {families.map((family) => (
          <table key={family}>
            <caption>{familyTitles[family]}</caption>
            <thead class="unseen">
              <tr>
                <th scope="col">Loss</th>
                <th scope="col">Value</th>
              </tr>
            </thead>
            <tbody>
              {losses
                .filter((loss) => loss.family === family)
                .map(({ name }) => (
                  <Row key={name} name={name} />
                ))}
            </tbody>
          </table>
        ))}
      </div>
    </section>
  );
}

function Row({ name }: { readonly name: string }) {
  return (
    <tr class={state.value.loss === name ? "chosen" : ""}>
      <th scope="row">
        <label>
          <input
            class="unseen"
            type="radio"
            name="loss"
            value={name}
            checked={state.value.loss === name}
            onChange={() => change({ loss: name })}
          />
          <span>{titleOf(name)}</span>
        </label>
      </th>
      <td class="number">
        <Value name={name} />
      </td>
    </tr>
  );
}

function Value({ name }: { readonly name: string }) {
  const outcome = values.value[name];
  if (!outcome) return <span class="pending">·</span>;
  if ("error" in outcome) {
    return (
      <abbr title={outcome.error} data-error={outcome.error}>
        refused
      </abbr>
    );
  }
  return (
    <data value={outcome.value} data-loss={name}>
      {lossText(outcome.value)}
    </data>
  );
}
