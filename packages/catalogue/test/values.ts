import type { OptionSchema } from "../src/index.ts";

/** Values that a schema allows: its bounds and words, some numbers inside, and lists of a length. */
export function inside(schema: OptionSchema, length: number): unknown[] {
  if (schema.anyOf) return schema.anyOf.flatMap((one) => inside(one, length));
  if (schema.enum) return [...schema.enum];
  if (schema.type === "boolean") return [true, false];
  if (schema.type === "object") return [{}];
  if (schema.type === "array") return listsInside(schema, length);
  const { minimum = -3, exclusiveMinimum, maximum = 50 } = schema;
  const low = exclusiveMinimum ?? minimum;
  const numbers = [low, maximum, 0.4, 1, 3];
  return numbers.filter(
    (value) =>
      value >= minimum &&
      value <= maximum &&
      value !== exclusiveMinimum &&
      (schema.type !== "integer" || Number.isInteger(value)),
  );
}

/** Values that a schema does not allow, NaN and infinity among them, which JSON does not hold. */
export function outside(schema: OptionSchema): unknown[] {
  const others = ["nonsense", Number.NaN, Number.POSITIVE_INFINITY, null, {}, [], [[1]], () => 0];
  if (schema.anyOf) {
    // what no alternative allows: the numbers beyond its bounds, and what is of no kind
    return [...schema.anyOf.flatMap(beyond), ...others];
  }
  return [...beyond(schema), ...others.filter((other) => !isKind(schema, other))];
}

function listsInside({ items = {}, minItems, maxItems }: OptionSchema, length: number): unknown[] {
  const entries = minItems === maxItems && minItems !== undefined ? minItems : length;
  if (items.type === "array") return [1, 2].map((far) => table(length, far));
  const numbers = (inside(items, length) as number[]).filter((value) => value > 0);
  return [numbers.slice(0, entries), numbers.slice(-entries)].map((list) => list.sort((a, b) => a - b));
}

/** Distances with 0 on the diagonal, the first one as large as is said. */
function table(length: number, far: number): number[][] {
  return Array.from({ length }, (_, row) =>
    Array.from({ length }, (_, column) => (row === column ? 0 : row + column === 1 ? far : 1)),
  );
}

function beyond(schema: OptionSchema): unknown[] {
  const { minimum, exclusiveMinimum, maximum, items, contains, minItems, maxItems } = schema;
  return [
    ...(minimum === undefined ? [] : [minimum - 1, minimum - 1e-3]),
    ...(exclusiveMinimum === undefined ? [] : [exclusiveMinimum, exclusiveMinimum - 1]),
    ...(maximum === undefined ? [] : [maximum + 1, maximum + 1e-3]),
    ...(schema.type === "integer" ? [1.5] : []),
    ...(schema.type === "boolean" ? [0, "true"] : []),
    ...(items === undefined ? [] : outside(items).map((entry) => [entry, 1, 1])),
    ...(contains === undefined ? [] : [[0, 0, 0]]),
    ...(minItems === undefined ? [] : [Array(minItems - 1).fill(0.5)]),
    ...(maxItems === undefined ? [] : [Array(maxItems + 1).fill(0.5)]),
  ];
}

function isKind({ type }: OptionSchema, value: unknown): boolean {
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  return type === "array" && Array.isArray(value);
}
