import { useMemo } from "preact/hooks";
import { titleOf } from "../catalogue/names.ts";
import { scene, state } from "../scene/page-state.ts";
import { coloured, paletteOf } from "../ui/colours.ts";
import { Legend } from "../ui/legend.tsx";
import { MapCanvas } from "../ui/map-canvas.tsx";
import { pictureSide } from "../ui/picture.ts";
import { isDark } from "../ui/theme.ts";
import { ChannelChoice, channelOf } from "./channel-choice.tsx";
import { gradient } from "./results.ts";
import { chosenCall } from "./store.ts";

/** The gradient of the chosen loss as a heat map. */
export function GradientPanel() {
  const { size, channels, truth } = scene.value;
  const { channel } = state.value;
  const palette = paletteOf(isDark.value);
  const outcome = gradient.value?.outcome;
  const values = useMemo(() => {
    if (!outcome || "error" in outcome || outcome.value.length !== size * size * channels) return undefined;
    return channelOf(outcome.value, channels, channel);
  }, [outcome, size, channels, channel]);
  const largest = useMemo(() => values?.reduce((most, value) => Math.max(most, Math.abs(value)), 0) ?? 0, [values]);
  const image = useMemo(
    () => values && coloured(values, palette.diverging, -largest, largest),
    [values, largest, palette],
  );
  const inWhat = { logits: "logit", probabilities: "probability", distances: "distance" }[chosenCall.value.predictions];
  const name = titleOf(gradient.value?.name ?? state.value.loss);
  return (
    <figure class="panel gradient" data-largest={largest}>
      <figcaption class="panel-head">
        <h2>Gradient</h2>
        <span class="note">d loss / d {inWhat}</span>
        <ChannelChoice label="Class of the gradient" />
      </figcaption>
      <MapCanvas
        label={`Gradient of ${name} in each ${inWhat}: largest size ${largest.toExponential(2)}`}
        image={image}
        outlined={truth}
        outline={palette.outline}
        side={pictureSide}
        empty={outcome && "error" in outcome ? "No gradient: the loss is refused" : undefined}
      />
      <div class="panel-foot">
        <Legend
          scale={palette.diverging}
          low={-largest}
          high={largest}
          ends={[`training raises the ${inWhat}`, "lowers it"]}
        />
      </div>
    </figure>
  );
}
