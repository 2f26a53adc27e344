import { useId } from "preact/hooks";

interface SegmentsProps<Value extends string | number> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly text: string; readonly swatch?: string }[];
  readonly onChange: (value: Value) => void;
  readonly isLabelHidden?: boolean;
}

/** One of a few: radio buttons side by side, so that the browser brings the keyboard along. */
export function Segments<Value extends string | number>(props: SegmentsProps<Value>) {
  const { label, value, options, onChange, isLabelHidden = false } = props;
  const name = useId();
  return (
    <fieldset class="segments">
      <legend class={isLabelHidden ? "unseen" : "label"}>{label}</legend>
      <div class="segments-row">
        {options.map((option) => (
          <label class="segment" key={option.value}>
            <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
            <span>
              {option.swatch && <i class="swatch" style={{ background: option.swatch }} />}
              {option.text}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
