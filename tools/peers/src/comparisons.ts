import type { ReferenceInput, ReferenceLossName } from "@lossary/test-kit/reference";
import type { Mapped, Omitted } from "./mapping.ts";
import {
  channelsLast,
  type FixtureCase,
  type FixtureRecord,
  fixtureCases,
  fixtureRecords,
  type SuiteName,
  suiteNames,
} from "./records.ts";
import { suiteMappings } from "./suites.ts";

/** One peer's record in the library's terms: what our loss must give on any backend. */
export interface FixtureComparison {
  /** Suite, id and case of the record. */
  readonly name: string;
  readonly suite: SuiteName;
  /** Our function. */
  readonly loss: ReferenceLossName;
  /** Channels last; an `Int32Array` as long as the predictions is an int32 one-hot, a shorter one holds class indices. */
  readonly input: ReferenceInput;
  /** Our expected values, flat, in the order of our result. */
  readonly values: Float64Array;
  /** Expected gradient of sum(upstream x values) with respect to the predictions, channels last. */
  readonly gradient?: Float64Array;
  /** Weights of the values in `gradient`; ones for a scalar. */
  readonly upstream: Float64Array;
  /** How far values may be off, relative to the largest or to 1, and gradients ten times as far. */
  readonly tolerance: number;
  /** Why there is no gradient to compare. */
  readonly noGradient?: string;
}

/** A record that nothing is compared with, and why. */
export interface FixtureOmission {
  readonly name: string;
  readonly suite: SuiteName;
  readonly reason: string;
}

type Read = { comparisons: FixtureComparison[]; omissions: FixtureOmission[] };

let read: Read | undefined;

function readAll(): Read {
  if (read) return read;
  const cases = fixtureCases();
  const found: Read = { comparisons: [], omissions: [] };
  for (const suite of suiteNames) {
    for (const record of fixtureRecords(suite)) {
      const fixture = cases.get(record.case);
      if (!fixture) throw new Error(`fixtures: ${suite} ${record.id} names the unknown case ${record.case}`);
      const name =
        `${suite} ${record.id} ${record.label ?? ""} ${record.case} ${JSON.stringify(record.options)}`.replace(
          "  ",
          " ",
        );
      const mapped = record.error ? { omit: `the peer raised ${record.error}` } : suiteMappings[suite](record, fixture);
      if ("omit" in mapped) found.omissions.push({ name, suite, reason: mapped.omit });
      else found.comparisons.push(compare(name, suite, record, fixture, mapped));
    }
  }
  read = found;
  return found;
}

/**
 * Every record that speaks about a loss, in the library's terms.
 *
 * @param loss - the name of the library's function; every comparison when left out
 */
export function fixtureComparisons(loss?: ReferenceLossName): FixtureComparison[] {
  return readAll().comparisons.filter((comparison) => loss === undefined || comparison.loss === loss);
}

/** Every record that is not compared, with its reason. */
export function fixtureOmissions(): FixtureOmission[] {
  return readAll().omissions;
}

function compare(
  name: string,
  suite: SuiteName,
  record: FixtureRecord,
  fixture: FixtureCase,
  mapped: Exclude<Mapped, Omitted>,
): FixtureComparison {
  const [batch, classes, ...spatial] = fixture.shape as [number, number, ...number[]];
  const { value = (peer: number) => peer, slope = () => 1 } = mapped.transform ?? {};
  const peers = typeof record.value === "number" ? [record.value] : (record.value as number[]);
  const values = mapped.channelMap
    ? joinChannels(peers, batch, peers.length / fixture.labels.length, mapped.channelMap)
    : Float64Array.from(peers, value);
  const input: ReferenceInput = {
    shape: mapped.shape ?? [batch, ...spatial, classes],
    predictions: mapped.predictions ?? channelsLast(fixture.logits, batch, classes),
    labels: mapped.labels ?? labelsOf(record, fixture, mapped),
    options: mapped.options,
  };
  // A result with entries was differentiated with the weights 1 + (k mod 5) / 4.
  const upstream = values.map((_, k) => (record.valueShape ? 1 + (k % 5) / 4 : 1));
  const noGradient = gradientReason(record) ?? mapped.noGradient;
  const known = { name, suite, loss: mapped.loss, input, values, upstream, tolerance: mapped.tolerance ?? 1e-10 };
  if (noGradient !== undefined) return { ...known, noGradient };
  const factor = slope(peers[0] as number);
  const gradient = channelsLast(record.grad as number[], batch, classes).map(
    (entry, k) => (factor * entry) / (mapped.chain?.[k] ?? 1),
  );
  return { ...known, gradient };
}

function gradientReason(record: FixtureRecord): string | undefined {
  if (record.gradAmbiguous) return "the peer's gradient depends on ties or a threshold";
  if (record.gradNonFinite) return "the peer's gradient is not finite";
  return record.grad ? undefined : "the peer gave no gradient";
}

function labelsOf(record: FixtureRecord, fixture: FixtureCase, mapped: Mapped): Float64Array | Int32Array {
  const dense = record.target.startsWith("onehot") || record.target === "distance map";
  if (!dense) return Int32Array.from(fixture.labels);
  const values = channelsLast(fixture.onehot, fixture.shape[0] as number, fixture.classes);
  // Label smoothing needs hard targets, which the library knows by their dtype.
  return mapped.options.labelSmoothing ? Int32Array.from(values) : values;
}

function joinChannels(values: readonly number[], batch: number, channels: number, how: "sum" | "mean"): Float64Array {
  const last = channelsLast(values, batch, channels);
  return Float64Array.from({ length: last.length / channels }, (_, i) => {
    const sum = last.subarray(i * channels, (i + 1) * channels).reduce((total, x) => total + x, 0);
    return how === "sum" ? sum : sum / channels;
  });
}
