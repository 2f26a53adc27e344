import type { Control, Setting } from "../catalogue/controls.ts";
import { classNames } from "../scene/class-names.ts";
import type { Channels } from "../scene/scene.ts";
import { Choice } from "../ui/choice.tsx";
import { settingText } from "../ui/number-text.ts";
import { Slider } from "../ui/slider.tsx";
import { Toggle } from "../ui/toggle.tsx";

interface ControlOfProps {
  readonly control: Control;
  readonly label: string;
  /** Nothing while it stands at its default. */
  readonly value: Setting | undefined;
  readonly channels: Channels;
  readonly onChange: (value: Setting | undefined) => void;
}

/** What sets an option: a slider, a list, a switch. */
export function ControlOf({ control, label, value, channels, onChange }: ControlOfProps) {
  const isChanged = value !== undefined;
  const shown = value ?? control.start;
  switch (control.kind) {
    case "range": {
      const { min, max, step } = control;
      const number = shown as number;
      return (
        <Slider
          {...{ label, min, max, step, isChanged }}
          value={number}
          text={settingText(number)}
          onInput={onChange}
        />
      );
    }
    case "stops":
      return <NumberAmong {...{ control, label, value, onChange }} />;
    case "choice":
      return (
        <Choice
          {...{ label, isChanged, onChange }}
          value={shown as string}
          options={control.words.map((word) => ({ value: word, text: word }))}
        />
      );
    case "flag":
      return <Toggle {...{ label, isChanged, onChange }} isOn={shown as boolean} />;
    case "optional":
      return <MaybeNumber {...{ control, label, value, onChange }} />;
    case "class":
      return (
        <Choice
          {...{ label, isChanged }}
          value={value === undefined ? "" : String(value)}
          options={[
            { value: "", text: "none" },
            ...classNames(channels).map((text, label) => ({ value: String(label), text: `${label}: ${text}` })),
          ]}
          onChange={(label) => onChange(label === "" ? undefined : Number(label))}
        />
      );
    case "perClass":
      return <NumberPerClass {...{ control, label, value, channels, onChange }} />;
  }
}

interface ControlProps<Kind extends Control["kind"]> {
  readonly control: Extract<Control, { kind: Kind }>;
  readonly label: string;
  readonly value: Setting | undefined;
  readonly onChange: (value: Setting | undefined) => void;
}

/** One of a few numbers; without one the option stands where another one does. */
function NumberAmong({ control: { stops, start }, label, value, onChange }: ControlProps<"stops">) {
  const shown = (value ?? start) as number | undefined;
  return (
    <Slider
      label={label}
      min={0}
      max={stops.length - 1}
      step={1}
      value={shown === undefined ? 0 : stops.indexOf(shown)}
      text={shown === undefined ? "as smooth" : settingText(shown)}
      isChanged={value !== undefined}
      onInput={(index) => onChange(stops[index])}
    />
  );
}

/** A number that need not be there. */
function MaybeNumber({ control, label, value, onChange }: ControlProps<"optional">) {
  const { min, max, step, without } = control;
  const isSet = typeof value === "number";
  const number = isSet ? value : (min + max) / 2;
  return (
    <div class="maybe">
      <Toggle label={label} isOn={isSet} isChanged={isSet} onChange={(isOn) => onChange(isOn ? number : undefined)} />
      <Slider
        label={`${label}, value`}
        {...{ min, max, step }}
        value={number}
        text={isSet ? settingText(number) : without}
        isOff={!isSet}
        isChanged={isSet}
        onInput={onChange}
      />
    </div>
  );
}

interface NumberPerClassProps extends ControlProps<"perClass"> {
  readonly channels: Channels;
}

/** One slider a class; all at 1 is the same as none. */
function NumberPerClass({ control, label, value, channels, onChange }: NumberPerClassProps) {
  const weights = Array.from({ length: channels }, (_, c) => (Array.isArray(value) ? ((value[c] as number) ?? 1) : 1));
  return (
    <fieldset class="per-class">
      <legend class="label">{label}</legend>
      {classNames(channels).map((text, c) => (
        <Slider
          key={text}
          label={text}
          min={0}
          max={control.max}
          step={control.step}
          value={weights[c] as number}
          text={settingText(weights[c] as number)}
          isChanged={weights[c] !== 1}
          onInput={(weight) => {
            const next = weights.with(c, weight);
            onChange(next.every((one) => one === 1) ? undefined : next);
          }}
        />
      ))}
    </fieldset>
  );
}
