interface ToggleProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly isChanged?: boolean;
}

/** Yes or no. */
export function Toggle({ label, isOn, onChange, isChanged = false }: ToggleProps) {
  return (
    <label class={isChanged ? "toggle changed" : "toggle"}>
      <span class="label">{label}</span>
      <input type="checkbox" checked={isOn} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />
    </label>
  );
}
