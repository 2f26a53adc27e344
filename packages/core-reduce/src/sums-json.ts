import { type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { entriesOf } from "./add-sums.ts";
import type { CrossEntropySums } from "./cross-entropy-sums.ts";
import { refuse, show } from "./errors.ts";
import type { Overlap } from "./overlap.ts";

/** Sums, or slopes, as plain data: for JSON, messages between threads and processes, and other languages. */
export interface SumsJSON {
  /** What this is. */
  readonly format: "lossary-sums";
  /** Which form of it. */
  readonly version: 1;
  /** Each entry, row by row. */
  readonly sums: { readonly [name: string]: { readonly shape: readonly number[]; readonly values: readonly number[] } };
}

/** The records that {@link sumsFromJSON} knows by name. */
export interface KindsOfSums {
  /** What `overlap` returns. */
  readonly overlap: Overlap;
  /** What `crossEntropySums` returns. */
  readonly crossEntropy: CrossEntropySums;
}

const namesOf: {
  readonly [Kind in keyof KindsOfSums]: Readonly<Record<keyof KindsOfSums[Kind], "needed" | "optional">>;
} = {
  overlap: {
    intersection: "needed",
    falsePositives: "needed",
    falseNegatives: "needed",
    squaredErrors: "needed",
    predicted: "needed",
    labelled: "needed",
    valid: "needed",
  },
  crossEntropy: { positives: "needed", negatives: "optional", labelled: "needed", valid: "needed" },
};

/**
 * Reads sums, or slopes, from the device into plain data. Every float32 number comes back from it, and from its JSON, bit by bit.
 *
 * @param sums - a record of `overlap`, `crossEntropySums` and their like, or what `slopesOfSums` says of one
 * @returns what `JSON.stringify` and `postMessage` take
 * @throws Error for a number that is not finite, which JSON does not hold
 *
 * @example
 * ```ts
 * import { overlap, sumsFromJSON, sumsToJSON } from "@lossary/core-reduce";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const sums = overlap(tensor3d([[[1], [0]]]), tensor3d([[[0.5], [0.25]]]));
 * const text = JSON.stringify(await sumsToJSON(sums));
 * sumsFromJSON(text, "overlap").falsePositives.print(); // 0.25
 * ```
 */
export async function sumsToJSON(sums: object): Promise<SumsJSON> {
  const read = entriesOf("sumsToJSON", "sums", sums).map(async ([name, one]) => {
    const values = Array.from(await one.data<"float32">());
    const wrong = values.find((value) => !Number.isFinite(value));
    if (wrong !== undefined) refuse("sumsToJSON", `sums.${name}`, "finite numbers", wrong);
    return [name, { shape: one.shape, values }] as const;
  });
  return { format: "lossary-sums", version: 1, sums: Object.fromEntries(await Promise.all(read)) };
}

/**
 * Makes sums, or slopes, of plain data, which is checked: format, version, shapes and numbers, and with `kind` the names.
 *
 * @param json - what `sumsToJSON` returned, or its JSON as text
 * @param kind - `"overlap"` or `"crossEntropy"`, where the record must be one of those; slopes and other records have no kind
 * @returns a record of float32 tensors
 * @throws Error for text that is no JSON, and for data that is not in this format, naming the entry
 *
 * @example
 * ```ts
 * import { sumsFromJSON } from "@lossary/core-reduce";
 *
 * const text = '{"format":"lossary-sums","version":1,"sums":{"intersection":{"shape":[1,2],"values":[1.5,2]}}}';
 * sumsFromJSON(text).intersection?.print(); // 1.5, 2
 * ```
 */
export function sumsFromJSON<Kind extends keyof KindsOfSums>(json: SumsJSON | string, kind: Kind): KindsOfSums[Kind];
export function sumsFromJSON(json: SumsJSON | string): { readonly [name: string]: Tensor };
export function sumsFromJSON(json: SumsJSON | string, kind?: keyof KindsOfSums): object {
  const data = (typeof json === "string" ? parse(json) : json) as Partial<SumsJSON> | null;
  if (data?.format !== "lossary-sums" || typeof data.sums !== "object" || data.sums === null) {
    refuse(who, "json", '{ "format": "lossary-sums", "version": 1, "sums": {...} }', data);
  }
  if (data.version !== 1) refuse(who, "json.version", "1, the only one that this release knows", data.version);
  const entries = Object.entries(data.sums);
  if (kind !== undefined)
    checkNames(
      kind,
      entries.map(([name]) => name),
    );
  const batches = entries.map(([name, entry]) => checkedRows(name, entry));
  const odd = batches.findIndex((rows) => rows !== batches[0]);
  if (odd >= 0) {
    const [name, { shape }] = entries[odd] as [string, SumsJSON["sums"][string]];
    refuse(who, `json.sums.${name}.shape`, `of ${batches[0]} rows like the other sums`, shape);
  }
  return tidy(() =>
    Object.fromEntries(entries.map(([name, { shape, values }]) => [name, tensor([...values], [...shape], "float32")])),
  );
}

const who = "sumsFromJSON";

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${who}: json is no JSON: ${(error as Error).message}`);
  }
}

function checkNames(kind: keyof KindsOfSums, given: readonly string[]): void {
  if (!Object.hasOwn(namesOf, kind)) refuse(who, "kind", '"overlap" or "crossEntropy"', kind);
  const known: Readonly<Record<string, string>> = namesOf[kind];
  const missing = Object.keys(known).find((name) => known[name] === "needed" && !given.includes(name));
  if (missing !== undefined)
    throw new Error(`${who}: sums of kind ${show(kind)} must have ${missing} (got ${given.join(", ")})`);
  const other = given.find((name) => !Object.hasOwn(known, name));
  if (other !== undefined) throw new Error(`${who}: sums of kind ${show(kind)} have no ${show(other)}`);
}

/** How many rows an entry has, once it is known to be one. */
function checkedRows(name: string, entry: unknown): number {
  const { shape, values } = (entry ?? {}) as Partial<SumsJSON["sums"][string]>;
  const isSide = (side: unknown) => Number.isInteger(side) && (side as number) > 0;
  if (!Array.isArray(shape) || shape.length < 2 || shape.length > 3 || !shape.every(isSide))
    refuse(who, `json.sums.${name}.shape`, "[batch, classes], or [batch, classes, classes]", shape);
  const count = shape.reduce((product: number, side: number) => product * side, 1);
  const isFloat = (value: unknown) => typeof value === "number" && Number.isFinite(Math.fround(value));
  if (!Array.isArray(values) || values.length !== count || !values.every(isFloat))
    refuse(who, `json.sums.${name}.values`, `${count} finite numbers`, values);
  return shape[0];
}
