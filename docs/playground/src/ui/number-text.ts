/** A value of a loss as a table shows it: four decimals, or a power of ten where they would show nothing. */
export function lossText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && size < 0.0005) return powerText(value, 1);
  if (size >= 10_000) return powerText(value, 2);
  return minus(size >= 1000 ? value.toFixed(1) : size >= 100 ? value.toFixed(2) : value.toFixed(4));
}

/** A number at the end of a legend: two digits that count. */
export function legendText(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size < 0.001 || size >= 10_000) return powerText(value, 1);
  return minus(String(Number(value.toPrecision(size >= 100 ? 3 : 2))));
}

/** A setting as it is written beside a slider. */
export function settingText(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.001) return powerText(value, 0);
  return minus(String(Number(value.toFixed(3))));
}

function powerText(value: number, digits: number): string {
  const [mantissa, exponent] = value.toExponential(digits).split("e") as [string, string];
  return minus(`${mantissa}e${exponent.replace("+", "")}`);
}

/** A minus sign as long as a plus. */
function minus(text: string): string {
  return text.replaceAll("-", "\u2212");
}
