/**
 * Throws the one form of error that this library knows: who refuses, which argument, what was expected, what came.
 *
 * @param who - the function that the caller called
 * @param argument - the argument or option that is wrong
 * @param expected - what it must be, in words
 * @param got - what came, shown as {@link show} does
 * @throws Error, always
 *
 * @example
 * ```ts
 * import { refuse } from "@lossary/core-reduce";
 *
 * try {
 *   refuse("myLoss", "gamma", "a number of at least 0", -1);
 * } catch (error) {
 *   console.log(String(error)); // Error: myLoss: gamma must be a number of at least 0 (got -1)
 * }
 * ```
 */
export function refuse(who: string, argument: string, expected: string, got: unknown): never {
  throw new Error(`${who}: ${argument} must be ${expected} (got ${show(got)})`);
}

/**
 * A value as an error message shows it: short, on one line, strings in quotes, a tensor by its dtype and shape.
 *
 * @param value - anything
 * @returns the text; values of tensors are never read
 *
 * @example
 * ```ts
 * import { show } from "@lossary/core-reduce";
 * import { zeros } from "@tensorflow/tfjs";
 *
 * console.log(show(zeros([2, 3]))); // float32 tensor [2,3]
 * ```
 */
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
