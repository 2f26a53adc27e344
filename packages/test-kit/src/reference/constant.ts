import type { ReferenceInput } from "./input.ts";

/** Values by name, under one object after the other that they were computed from. */
interface Kept {
  readonly under: WeakMap<object, Kept>;
  readonly values: Map<string, unknown>;
}

const empty = (): Kept => ({ under: new WeakMap(), values: new Map() });
const kept: Kept = { under: new WeakMap(), values: new Map() };

/**
 * Something that a loss holds constant, computed once for all evaluations of a difference quotient: what depends on labels and options
 * alone, or also on the detached predictions, where there are any. Arrays that were given once are never changed.
 */
export function constant<T>(input: ReferenceInput, name: string, from: "labels" | "predictions", compute: () => T): T {
  const { labels, options = labels, detachedPredictions } = input;
  if (from === "predictions" && !detachedPredictions) return compute();
  const sources = [labels, options, (from === "predictions" && detachedPredictions) || labels];
  const { values } = sources.reduce<Kept>((level, source) => {
    const below = level.under.get(source) ?? empty();
    level.under.set(source, below);
    return below;
  }, kept);
  const key = `${name} ${input.shape.join()}`;
  if (!values.has(key)) values.set(key, compute());
  return values.get(key) as T;
}
