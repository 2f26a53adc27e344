import type { OptionSchema } from "../src/loss-option.ts";

const classWeights: OptionSchema = {
  type: "array",
  items: { type: "number", minimum: 0 },
  minItems: 1,
  contains: { type: "number", exclusiveMinimum: 0 },
};
const share: OptionSchema = { type: "number", minimum: 0, maximum: 1 };
const positive: OptionSchema = { type: "number", exclusiveMinimum: 0 };

/** What a loss says that it expects, and the same in JSON Schema. Words that stand in no row stop the generation. */
const phrases: Readonly<Record<string, OptionSchema | undefined>> = {
  "true or false": { type: "boolean" },
  "a tensor": undefined,
  "an integer": { type: "integer" },
  "an integer of at least 0": { type: "integer", minimum: 0 },
  "a finite number above 0": positive,
  "a finite number above 0, or a list of such, one a spatial axis": {
    anyOf: [positive, { type: "array", items: positive, minItems: 1, maxItems: 3 }],
  },
  "a list of finite numbers above 0": { type: "array", items: positive, minItems: 1 },
  "a list of finite numbers, none below 0 and not all 0": classWeights,
  "two numbers from 0 to 1, the smaller first": { type: "array", items: share, minItems: 2, maxItems: 2 },
  "a number from 0 to 1, or a list of numbers of at least 0, one a class": {
    anyOf: [share, { type: "array", items: { type: "number", minimum: 0 }, minItems: 1 }],
  },
  "a list of rows, one a class, of as many finite numbers of at least 0, with 0 on the diagonal and something above 0 elsewhere":
    { type: "array", items: { type: "array", items: { type: "number", minimum: 0 } } },
  "an object of the term's own options": { type: "object" },
};

/** The schema of what a loss expects, `undefined` for what JSON does not hold. */
export function schemaOf(expected: string): OptionSchema | undefined {
  if (Object.hasOwn(phrases, expected)) return phrases[expected];
  const or = /^(.+), or ("[^"]+")$/.exec(expected);
  if (or) {
    const schema = schemaOf(or[1] as string);
    return schema && { anyOf: [schema, { enum: [JSON.parse(or[2] as string) as string] }] };
  }
  if (/^"[^"]*"(?: or "[^"]*")*$/.test(expected)) {
    return { enum: expected.split(" or ").map((word) => JSON.parse(word) as string) };
  }
  const range = /^(a (?:finite |whole )?number) (?:of at least (\S+)|from (\S+) to (\S+))$/.exec(expected);
  if (range === null) throw new Error(`no schema for ${JSON.stringify(expected)}; write it into scripts/schema.ts`);
  const [, kind = "", least, from, to] = range;
  const type = kind.includes("whole") ? "integer" : "number";
  if (least !== undefined) return { type, minimum: Number(least) };
  return { type, minimum: Number(from), maximum: Number(to) };
}
