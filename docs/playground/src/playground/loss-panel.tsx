import { useEffect } from "preact/hooks";
import { controlsOf, type PlacedControl, wants } from "../catalogue/losses.ts";
import { capitalised, familyTitles, plainText, titleOf, wordsOf } from "../catalogue/names.ts";
import { withSetting } from "../catalogue/settings.ts";
import { change, scene, settingsOf, state } from "../scene/page-state.ts";
import { announce } from "../ui/announcer.tsx";
import { lossText } from "../ui/number-text.ts";
import { Segments } from "../ui/segments.tsx";
import { ControlOf } from "./control-of.tsx";
import { values } from "./results.ts";
import { chosenLoss, fragment } from "./store.ts";

/** The chosen loss: its value, and everything about it that can be set. */
export function LossPanel() {
  const loss = chosenLoss.value;
  const isSet = Object.keys(settingsOf(loss.name)).length > 0;
  const controls = controlsOf(loss).filter(isOfUse);
  const terms = [...new Set(controls.flatMap(({ term }) => (term === undefined ? [] : [term])))];
  return (
    <section class="loss panel" aria-label="Chosen loss">
      <div class="panel-head">
        <h2>{titleOf(loss.name)}</h2>
        <span class="note">{familyTitles[loss.family]}</span>
      </div>
      <Result />
      <p class="summary">{plainText(loss.summary)}</p>
      <p class="links">
        <a href={`../functions/${loss.package.replace("@", "_").replace("/", "_")}.${loss.name}.html`}>
          <code>{loss.name}</code>
        </a>
        <a href={`../learn/index.html#${fragment.value}`}>Let it learn this mask</a>
        {loss.papers.slice(0, 1).map(({ url, authors, year }) => (
          <a key={url} href={url}>
            {citation(authors, year)}
          </a>
        ))}
      </p>
      <Segments
        label="It is given"
        value={wants[loss.name] ?? state.value.form}
        options={formOptions(wants[loss.name])}
        onChange={(form) => change({ form: form as "logits" | "probabilities" })}
      />
      <div class="panel-head options-head">
        <h3>Options</h3>
        <button
          type="button"
          class="action"
          disabled={!isSet}
          onClick={() => change({ settings: { ...state.value.settings, [loss.name]: {} } })}
        >
          Reset
        </button>
      </div>
      <Options controls={controls.filter(({ place }) => place === "own")} />
      {terms.map((term) => (
        <details key={`${loss.name} ${term}`}>
          <summary>Term: {titleOf(term)}</summary>
          <Options controls={controls.filter((one) => one.term === term)} />
        </details>
      ))}
      <details>
        <summary>More options</summary>
        <Options controls={controls.filter(({ place }) => place === "more")} />
      </details>
    </section>
  );
}

/** The value, or what the library says instead; both in the same place, so that nothing moves. */
function Result() {
  const { name } = chosenLoss.value;
  const outcome = values.value[name];
  useEffect(() => {
    if (outcome) announce("error" in outcome ? outcome.error : `${titleOf(name)} ${lossText(outcome.value)}`);
  }, [outcome, name]);
  return (
    <div class="result" data-chosen={name} data-backend={outcome?.backend}>
      {outcome === undefined ? (
        <span class="result-value pending number">·</span>
      ) : "error" in outcome ? (
        <p class="error">{outcome.error}</p>
      ) : (
        <data class="result-value number" value={outcome.value}>
          {lossText(outcome.value)}
        </data>
      )}
    </div>
  );
}

function Options({ controls }: { readonly controls: readonly PlacedControl[] }) {
  return (
    <div class="options">
      {controls.map((placed) => (
        <Option key={`${chosenLoss.value.name} ${placed.path}`} placed={placed} />
      ))}
    </div>
  );
}

function Option({ placed }: { readonly placed: PlacedControl }) {
  const { name } = chosenLoss.value;
  const { option, path, control, description } = placed;
  return (
    <div title={plainText(description)} data-option={path}>
      <ControlOf
        control={control}
        label={capitalised(wordsOf(option))}
        value={settingsOf(name)[path]}
        channels={scene.value.channels}
        onChange={(value) =>
          change({ settings: { ...state.value.settings, [name]: withSetting(settingsOf(name), placed, value) } })
        }
      />
    </div>
  );
}

/** With one channel there are no classes to weigh or to leave out. */
function isOfUse({ option }: PlacedControl): boolean {
  return scene.value.channels > 1 || !["classWeights", "normalize", "includeBackground"].includes(option);
}

/** "F. Milletari, N. Navab, S.-A. Ahmadi" of 2016 is "Milletari et al., 2016". */
function citation(authors: string, year: number): string {
  const first = (authors.split(",")[0] as string).replace(/^(?:\S+\. )+/, "");
  return `${first}${authors.includes(",") ? " et al." : ""}, ${year}`;
}

function formOptions(wanted: string | undefined) {
  if (wanted === "scores") return [{ value: "scores", text: "Scores" }];
  if (wanted === "distances") return [{ value: "distances", text: "Signed distances" }];
  return [
    { value: "logits", text: "Logits" },
    { value: "probabilities", text: "Probabilities" },
  ];
}
