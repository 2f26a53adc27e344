import { useId } from "preact/hooks";

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** The value as it is shown and read out. */
  readonly text: string;
  readonly onInput: (value: number) => void;
  readonly isChanged?: boolean;
  readonly isOff?: boolean;
}

/** A number on a line, with its name and its value above. */
export function Slider(props: SliderProps) {
  const { label, value, min, max, step, text, onInput, isChanged = false, isOff = false } = props;
  const id = useId();
  return (
    <div class={isChanged ? "slider changed" : "slider"}>
      <label class="label" for={id}>
        {label}
      </label>
      <output class="number" for={id}>
        {text}
      </output>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        disabled={isOff}
        aria-valuetext={text}
        style={{ "--filled": `${((value - min) / (max - min)) * 100}%` }}
        onInput={({ currentTarget }) => onInput(Number(currentTarget.value))}
      />
    </div>
  );
}
