import { useId } from "preact/hooks";

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly text: string; readonly isOff?: boolean }[];
  readonly onChange: (value: string) => void;
  readonly isChanged?: boolean;
}

/** One of several, in a list that opens. */
export function Choice({ label, value, options, onChange, isChanged = false }: ChoiceProps) {
  const id = useId();
  return (
    <div class={isChanged ? "choice changed" : "choice"}>
      <label class="label" for={id}>
        {label}
      </label>
      <select id={id} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.isOff ?? false}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  );
}
