import { useMemo } from "preact/hooks";
import { families, losses } from "../catalogue/losses.ts";
import { familyTitles, titleOf } from "../catalogue/names.ts";
import { sharesOf } from "../painting/shares.ts";
import { change, scene } from "../scene/page-state.ts";
import { paintableClasses } from "../scene/scene.ts";
import { blended, paletteOf } from "../ui/colours.ts";
import { MapCanvas } from "../ui/map-canvas.tsx";
import { lossText } from "../ui/number-text.ts";
import { pictureSide } from "../ui/picture.ts";
import { isDark } from "../ui/theme.ts";
import { LossChart } from "./loss-chart.tsx";
import { learnState, names, standing } from "./store.ts";

/** One of the two: its loss, what it predicts, and its curve. */
export function SidePanel({ side }: { readonly side: 0 | 1 }) {
  const { channels, truth, size } = scene.value;
  const palette = paletteOf(isDark.value);
  const name = names.value[side];
  const now = standing.value?.sides[side];
  const image = useMemo(() => {
    if (now?.probabilities.length !== size * size * channels) return undefined;
    return blended(sharesOf(now.probabilities, channels), palette.classes.slice(0, paintableClasses(channels)));
  }, [now, channels, size, palette]);
  return (
    <figure class={`panel side-panel side-${side}`} data-side={side}>
      <figcaption class="side-head">
        <i class="key" aria-hidden="true" />
        <select
          aria-label={`Loss of the ${side === 0 ? "first" : "second"} network`}
          value={name}
          onChange={({ currentTarget }) => choose(side, currentTarget.value as string)}
        >
          {families.map((family) => (
            <optgroup key={family} label={familyTitles[family]}>
              {losses
                .filter((loss) => loss.family === family)
                .map((loss) => (
                  <option key={loss.name} value={loss.name}>
                    {titleOf(loss.name)}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </figcaption>
      <MapCanvas
        label={`What the network with ${titleOf(name)} predicts`}
        image={image}
        outlined={truth}
        outline={palette.outline}
        side={pictureSide}
      />
      <dl class="facts number">
        <div>
          <dt>Loss</dt>
          <dd>{now ? <data value={now.loss}>{lossText(now.loss)}</data> : "·"}</dd>
        </div>
        <div>
          <dt>Dice of the mask</dt>
          <dd>{now ? <data value={now.dice}>{now.dice.toFixed(4)}</data> : "·"}</dd>
        </div>
      </dl>
      <LossChart side={side} />
    </figure>
  );
}

function choose(side: 0 | 1, name: string): void {
  if (side === 0) change({ loss: name });
  else learnState.value = { ...learnState.value, against: name };
}
