import { BackendChoice, SceneChoices } from "../painting/scene-choices.tsx";
import { Choice } from "../ui/choice.tsx";
import { settingText } from "../ui/number-text.ts";
import { Slider } from "../ui/slider.tsx";
import { learningRates } from "./link.ts";
import { learnState, refused } from "./store.ts";

/** What is learnt, and how. */
export function LearnBar() {
  const { noise, learningRate } = learnState.value;
  return (
    <section class="scene-bar" aria-label="Lesson">
      <SceneChoices />
      <BackendChoice refused={refused.value} />
      <Choice
        label="Learning rate (Adam)"
        value={String(learningRate)}
        options={learningRates.map((rate) => ({ value: String(rate), text: String(rate) }))}
        onChange={(rate) => {
          learnState.value = { ...learnState.value, learningRate: Number(rate) };
        }}
      />
      <Slider
        label="Noise"
        value={noise}
        min={0}
        max={1}
        step={0.05}
        text={settingText(noise)}
        onInput={(value) => {
          learnState.value = { ...learnState.value, noise: value };
        }}
      />
    </section>
  );
}
