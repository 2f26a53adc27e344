/** Throws the one form of error that this library knows: who refuses, which argument, what was expected, what came. */
export function refuse(who: string, argument: string, expected: string, got: unknown): never {
  throw new Error(`${who}: ${argument} must be ${expected} (got ${show(got)})`);
}

/** A value as an error message shows it: short, on one line, strings in quotes. */
export function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return `function ${value.name || "without a name"}`;
  if (Array.isArray(value))
    return value.length > 16 ? `an array of ${value.length}` : `[${value.map(show).join(", ")}]`;
  if (isTensorLike(value)) return `${value.dtype} tensor [${value.shape.join(",")}]`;
  if (typeof value === "object" && value !== null) return Object.prototype.toString.call(value);
  return String(value);
}

function isTensorLike(value: unknown): value is { dtype: string; shape: number[] } {
  return (
    typeof value === "object" && value !== null && "dtype" in value && "shape" in value && Array.isArray(value.shape)
  );
}
