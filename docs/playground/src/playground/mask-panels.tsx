import { useMemo } from "preact/hooks";
import { BrushBar } from "../painting/brush-bar.tsx";
import { MaskPanel, PaintingKeys } from "../painting/mask-panel.tsx";
import { sharesOf } from "../painting/shares.ts";
import { TruthPanel } from "../painting/truth-panel.tsx";
import { changeScene, scene } from "../scene/page-state.ts";
import { paintableClasses } from "../scene/scene.ts";
import { blended, paletteOf } from "../ui/colours.ts";
import { settingText } from "../ui/number-text.ts";
import { Slider } from "../ui/slider.tsx";
import { isDark } from "../ui/theme.ts";
import { predictions } from "./store.ts";

/** The two masks, and what paints them. */
export function MaskPanels() {
  return (
    <section class="masks" aria-label="Masks">
      <BrushBar />
      <div class="pair">
        <TruthPanel />
        <PredictionPanel />
      </div>
      <PaintingKeys />
    </section>
  );
}

function PredictionPanel() {
  const { truth, channels, confidence, softness } = scene.value;
  const { probabilities } = predictions.value;
  const image = useMemo(() => {
    const classes = paletteOf(isDark.value).classes.slice(0, paintableClasses(channels));
    return blended(sharesOf(probabilities, channels), classes);
  }, [probabilities, isDark.value, channels]);
  return (
    <MaskPanel name="prediction" title="Prediction" image={image} outlined={truth}>
      <Slider
        label="Confidence"
        value={confidence}
        min={0.51}
        max={0.999}
        step={0.001}
        text={settingText(confidence)}
        onInput={(value) => changeScene({ confidence: value })}
      />
      <Slider
        label="Softness"
        value={softness}
        min={0}
        max={8}
        step={0.1}
        text={`${settingText(softness)} px`}
        onInput={(value) => changeScene({ softness: value })}
      />
    </MaskPanel>
  );
}
