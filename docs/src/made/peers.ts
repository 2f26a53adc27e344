import * as boundary from "@lossary/losses-boundary";
import * as compound from "@lossary/losses-compound";
import * as distribution from "@lossary/losses-distribution";
import * as region from "@lossary/losses-region";
import {
  type FixtureComparison,
  type FixtureRecord,
  fixtureComparisons,
  fixtureRecords,
  type SuiteName,
  suiteNames,
} from "@lossary/peers";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";

const losses: Readonly<Record<string, unknown>> = { ...distribution, ...region, ...boundary, ...compound };
type Loss = (labels: tf.Tensor, predictions: tf.Tensor, options: object) => tf.Tensor;

/** Two images in three classes, of which one is absent; and in one class. */
const inputs = ["c3_s2d_absent", "c1_s2d_mixed"];

/** What a library gave, call by call, and what ours gives: a row for each record of the test kit that changes one option and is a scalar. */
export async function peerNumbers(library: string): Promise<string> {
  const suites = suiteNames.filter((name) => name.startsWith(`${library}_`));
  const rows = suites.flatMap((suite) => {
    const records = new Map(fixtureRecords(suite).map((record) => [String(record.id), record]));
    const told = new Map<string, string>(); // of equal calls the first: that in three classes
    for (const input of inputs) {
      for (const comparison of comparisonsOf(suite)) {
        const record = records.get(comparison.name.split(" ")[1] as string);
        if (record?.case !== input || !isTold(record)) continue;
        const call = callOf(suite, record);
        const text = row(input === inputs[0] ? call : `${call}, one class`, record, comparison);
        if (text !== undefined && !told.has(call)) told.set(call, text);
      }
    }
    return [...told.values()];
  });
  if (rows.length === 0) throw new Error(`docs: no numbers of ${library}`);
  return ["| theirs | gives | ours | gives | ours from theirs |", "| --- | --: | --- | --: | --: |", ...rows].join(
    "\n",
  );
}

function comparisonsOf(suite: SuiteName): FixtureComparison[] {
  return fixtureComparisons().filter((one) => one.suite === suite);
}

/** One option beside the mode, and a number as the result. */
function isTold({ options, value }: FixtureRecord): boolean {
  const modes = ["mode", "average", "reduction", "tversky_kwargs", "dist_matrix", "alpha", "beta"];
  const changed = Object.keys(options).filter((name) => !modes.includes(name));
  return typeof value === "number" && changed.length <= 1;
}

function row(call: string, record: FixtureRecord, { loss, input }: FixtureComparison): string | undefined {
  const options = Object.entries(input.options ?? {}).filter(([, value]) => value !== undefined);
  if (options.some(([, value]) => ArrayBuffer.isView(value))) return undefined; // a map of the peer's own
  const theirs = record.value as number;
  const ours = oursOf(loss, input, Object.fromEntries(options));
  const how = relation(ours, theirs);
  if (how === undefined) return undefined;
  return `| ${call} | ${theirs.toFixed(4)} | \`${loss}\` ${written(options)} | ${ours.toFixed(4)} | ${how} |`;
}

function callOf(suite: SuiteName, record: FixtureRecord): string {
  return `\`${record.label ?? suite.split("_").slice(1).join("_")}(${pythonic(record)})\``;
}

function oursOf(name: string, { shape, predictions, labels }: FixtureComparison["input"], options: object): number {
  return tf.tidy(() => {
    const logits = tf.tensor(Float32Array.from(predictions), [...shape]);
    const dense = labels.length === predictions.length;
    const hard = labels.every((label: number) => Number.isInteger(label));
    const target = tf.tensor(
      Float32Array.from(labels),
      dense ? [...shape] : shape.slice(0, -1),
      hard ? "int32" : "float32",
    );
    return (losses[name] as Loss)(target, logits, options).dataSync()[0] as number;
  });
}

function pythonic({ activation, options }: FixtureRecord): string {
  const python = (value: unknown): string =>
    value === true ? "True" : value === false ? "False" : value === null ? "None" : JSON.stringify(value);
  const given = Object.entries(options).filter(([, value]) => JSON.stringify(value) !== "{}");
  const said = /^(?:softmax|sigmoid)$/.test(activation) ? [`${activation}=True`] : [];
  return [...said, ...given.map(([name, value]) => `${name}=${python(value)}`)].join(", ");
}

/** Options as one writes them, without what is a default or stands above already. */
function written(options: readonly (readonly [string, unknown])[]): string {
  const above = new Map(options);
  const isSaid = ([name, value]: readonly [string, unknown]): boolean => above.get(name) === value;
  const words = options.flatMap(([name, value]) => {
    if (name.endsWith("Weight") && value === 1) return [];
    if (typeof value !== "object" || value === null || Array.isArray(value)) return `${name}: ${json(value)}`;
    const own = Object.entries(value).filter((entry) => !isSaid(entry));
    return own.length === 0 ? [] : `${name}: { ${own.map(([inner, one]) => `${inner}: ${json(one)}`).join(", ")} }`;
  });
  return words.map((word) => `\`${word}\``).join(", ");
}

function json(value: unknown): string {
  const short = (_: string, one: unknown): unknown => (typeof one === "number" ? Number(one.toPrecision(4)) : one);
  return JSON.stringify(value, short).replaceAll(",", ", ");
}

/** What makes theirs ours, where that is nothing, a constant or a simple factor. */
function relation(ours: number, theirs: number): string | undefined {
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-5 * Math.max(1, Math.abs(b));
  if (near(ours, theirs)) return "same";
  const constant = Math.round(10 * (ours - theirs)) / 10;
  if (near(ours - theirs, constant)) return `+ ${constant}`;
  const factor = ours / theirs;
  return near(120 * factor, Math.round(120 * factor)) ? `× ${Number(factor.toFixed(4))}` : undefined;
}
