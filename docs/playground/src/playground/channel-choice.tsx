import { classNames } from "../scene/class-names.ts";
import { change, scene, state } from "../scene/page-state.ts";
import { Segments } from "../ui/segments.tsx";

/** Whose gradient or map is shown, where there are several classes. */
export function ChannelChoice({ label }: { readonly label: string }) {
  const { channels } = scene.value;
  if (channels === 1) return null;
  return (
    <Segments
      label={label}
      isLabelHidden
      value={state.value.channel}
      options={classNames(channels).map((_, value) => ({ value, text: String(value) }))}
      onChange={(channel) => change({ channel })}
    />
  );
}

/** The values of one channel. */
export function channelOf(values: Float32Array, channels: number, channel: number): Float32Array {
  if (channels === 1) return values;
  return Float32Array.from({ length: values.length / channels }, (_, i) => values[i * channels + channel] as number);
}
