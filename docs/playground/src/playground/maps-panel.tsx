import { useMemo } from "preact/hooks";
import { mapTitles } from "../catalogue/names.ts";
import { type MapName, mapNames } from "../compute/protocol.ts";
import { change, scene, state } from "../scene/page-state.ts";
import { coloured, paletteOf } from "../ui/colours.ts";
import { Legend } from "../ui/legend.tsx";
import { MapCanvas } from "../ui/map-canvas.tsx";
import { pictureSide } from "../ui/picture.ts";
import { Segments } from "../ui/segments.tsx";
import { isDark } from "../ui/theme.ts";
import { ChannelChoice, channelOf } from "./channel-choice.tsx";
import { maps } from "./results.ts";

/** The maps of distances of one of the masks. */
export function MapsPanel() {
  return (
    <section class="panel maps" aria-label="Distance maps">
      <div class="panel-head">
        <h2>Distance maps</h2>
        <Segments
          label="Of which mask"
          isLabelHidden
          value={state.value.mapped}
          options={[
            { value: "truth", text: "of the truth" },
            { value: "prediction", text: "of the prediction" },
          ]}
          onChange={(mapped) => change({ mapped })}
        />
        <ChannelChoice label="Class of the maps" />
      </div>
      <div class="maps-row">
        {mapNames.map((name) => (
          <DistanceMap key={name} name={name} />
        ))}
      </div>
    </section>
  );
}

function DistanceMap({ name }: { readonly name: MapName }) {
  const { size, channels } = scene.value;
  const { channel, mapped } = state.value;
  const palette = paletteOf(isDark.value);
  const outcome = maps.value[name];
  const values = useMemo(() => {
    if (!outcome || "error" in outcome || outcome.value.length !== size * size * channels) return undefined;
    return channelOf(outcome.value, channels, channel);
  }, [outcome, size, channels, channel]);
  const { scale, low, high } = useMemo(() => rangeOf(name, values ?? new Float32Array()), [values, name]);
  const image = useMemo(
    () => values && coloured(values, palette[scale], low, high),
    [values, palette, scale, low, high],
  );
  const { title, shows } = mapTitles[name];
  return (
    <figure class="map" data-map={name}>
      <figcaption title={shows}>{title}</figcaption>
      <MapCanvas
        label={`${title}. ${shows}. From ${low} to ${high}`}
        image={image}
        outlined={scene.value[mapped]}
        outline={palette.outline}
        side={pictureSide / 2}
      />
      <Legend scale={palette[scale]} low={low} high={high} />
    </figure>
  );
}

/** The scale of a map and its ends: with two sides around 0, from 0, or for weights from 1. */
function rangeOf(name: MapName, values: Float32Array) {
  const [least, most] = values.reduce(([low, high], v) => [Math.min(low, v), Math.max(high, v)], [0, 0]) as [
    number,
    number,
  ];
  if (name === "signedDistanceMap") {
    const high = Math.max(most, -least) || 1;
    return { scale: "diverging" as const, low: -high, high };
  }
  if (name === "borderWeightMap") return { scale: "sequential" as const, low: 1, high: Math.max(2, most) };
  return { scale: "sequential" as const, low: 0, high: most || 1 };
}
