import { add, clone, concat, split, sum, Tensor, type TensorContainerObject, tidy } from "@tensorflow/tfjs-core";
import { refuse, show } from "./errors.ts";
import { oneOf } from "./option-rules.ts";
import { readOptions } from "./options.ts";

/** The options of {@link addSums}. */
export interface AddSumsOptions {
  /**
   * What a row is: with `"sample"` row n of every record belongs to the same sample, of which each record saw a part; with `"batch"` all rows of
   * all records become one, as with `over: "batch"` of a loss.
   * @defaultValue `"sample"`
   */
  over?: "sample" | "batch";
}

/**
 * Adds up the sums of shards, patches or steps: any records that `overlap`, `crossEntropySums` and their like return. What comes out is the record
 * of the whole, $\sum_k S^{(k)}$. Gradients flow into every record.
 *
 * @param records - records of the same names; of the same shapes too, but for the number of rows with `over: "batch"`
 * @param options - see {@link AddSumsOptions}
 * @returns a record of the same names
 * @throws Error for no record at all, and for records that do not fit together, naming the entry
 *
 * @example
 * ```ts
 * import { addSums, overlap } from "@lossary/core-reduce";
 * import { diceFromOverlap } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * // three samples, two here and one there
 * const here = overlap(tensor3d([[[1], [0]], [[0], [0]]]), tensor3d([[[0.9], [0.2]], [[0.6], [0]]]));
 * const there = overlap(tensor3d([[[1], [1]]]), tensor3d([[[0.5], [0.7]]]));
 * diceFromOverlap(addSums([here, there], { over: "batch" })).print(); // 0.2881: 1 - 4.2 / 5.9
 * ```
 */
export function addSums<Sums extends object>(records: readonly Sums[], options?: AddSumsOptions): Sums {
  const { over } = readOptions("addSums", options, { over: oneOf("sample", "batch") });
  const rows = over === "batch" ? (one: Tensor) => sum(one, 0, true) : (one: Tensor) => clone(one);
  return combined("addSums", records, over === "batch" ? 1 : 0, (entries) =>
    entries.map(rows).reduce((total, one) => add(total, one)),
  );
}

/**
 * Puts the sums of shards below one another, where each shard has samples of its own: a loss over samples is then the same as on one machine,
 * whatever their number in each shard.
 *
 * @param records - records of the same names, and of the same shapes but for the number of rows
 * @returns a record of the same names, with the rows of all
 * @throws Error for no record at all, and for records that do not fit together, naming the entry
 *
 * @example
 * ```ts
 * import { overlap, stackSums } from "@lossary/core-reduce";
 * import { diceFromOverlap } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const here = overlap(tensor3d([[[1], [0]], [[1], [1]]]), tensor3d([[[0.9], [0.2]], [[0.6], [0]]]));
 * const there = overlap(tensor3d([[[1], [1]]]), tensor3d([[[0.5], [0.7]]]));
 * diceFromOverlap(stackSums([here, there])).print(); // 0.3104: the mean of 0.1429, 0.5385 and 0.2500
 * ```
 */
export function stackSums<Sums extends object>(records: readonly Sums[]): Sums {
  return combined("stackSums", records, 1, (entries) => concat([...entries], 0));
}

/**
 * Takes stacked records apart again, for instance the slopes that {@link slopesOfSums} made of them.
 *
 * @param record - as `stackSums` or `slopesOfSums` returns it
 * @param rows - how many rows each shard has, in the order in which they were stacked
 * @returns a record for each shard
 * @throws Error where the rows of the shards are not the rows that there are
 *
 * @example
 * ```ts
 * import { splitSums } from "@lossary/core-reduce";
 * import { tensor2d } from "@tensorflow/tfjs";
 *
 * const [here, there] = splitSums({ intersection: tensor2d([[1], [2], [3]]) }, [2, 1]);
 * here?.intersection.print(); // 1, 2
 * there?.intersection.print(); // 3
 * ```
 */
export function splitSums<Sums extends object>(record: Sums, rows: readonly number[]): Sums[] {
  const entries = entriesOf("splitSums", "record", record);
  if (!Array.isArray(rows) || !rows.every((one) => Number.isSafeInteger(one) && one >= 0)) {
    refuse("splitSums", "rows", "a list of whole numbers, one a shard", rows);
  }
  const total = rows.reduce((sum, one) => sum + one, 0);
  const other = entries.find(([, sums]) => sums.shape[0] !== total);
  if (other) refuse("splitSums", "rows", `numbers that add up to the ${other[1].shape[0]} rows of ${other[0]}`, rows);
  const parts = entries.map(([name, sums]) => [name, split(sums, [...rows])] as const);
  return rows.map((_, shard) => Object.fromEntries(parts.map(([name, sums]) => [name, sums[shard]])) as Sums);
}

/** The entries of a record of sums; what is `undefined` is not there. */
export function entriesOf(who: string, place: string, record: object): [string, Tensor][] {
  if (typeof record !== "object" || record === null || Array.isArray(record)) {
    refuse(who, place, "a record of sums", record);
  }
  const entries = Object.entries(record).filter((entry) => entry[1] !== undefined) as [string, Tensor][];
  for (const [name, sums] of entries) {
    if (!(sums instanceof Tensor)) refuse(who, `${place}.${name}`, "a tensor", sums);
  }
  return entries;
}

/** Combines the entries of each name. Shapes must agree from axis `from` on. */
function combined<Sums extends object>(
  who: string,
  records: readonly Sums[],
  from: number,
  combine: (entries: readonly Tensor[]) => Tensor,
): Sums {
  if (!Array.isArray(records) || records.length === 0) refuse(who, "records", "a list of records of sums", records);
  const each = records.map((record, index) => new Map(entriesOf(who, `records[${index}]`, record)));
  const first = each[0] as Map<string, Tensor>;
  const names = [...first.keys()];
  for (const [index, entries] of each.entries()) {
    if (entries.size !== first.size || names.some((name) => !entries.has(name)))
      refuse(who, `records[${index}]`, `sums ${show(names)} like records[0]`, [...entries.keys()]);
    for (const [name, sums] of entries) {
      const expected = (first.get(name) as Tensor).shape.slice(from);
      if (sums.shape.slice(from).join() === expected.join()) continue;
      const rows = from === 0 ? "" : "any number of rows and then ";
      refuse(who, `records[${index}].${name}`, `${rows}[${expected.join(",")}] like records[0]`, sums);
    }
  }
  const all = () => names.map((name) => [name, combine(each.map((entries) => entries.get(name) as Tensor))]);
  return tidy(() => Object.fromEntries(all()) as TensorContainerObject) as Sums;
}
