import fc from "fast-check";
import type { LossCall } from "../evaluate.ts";
import type { ReferenceInput } from "../reference.ts";
import type { Subject, TargetKind } from "./suite.ts";

/** A generated loss call, in numbers that float32 holds exactly. */
export interface GeneratedCall extends LossCall {
  readonly shape: number[];
  readonly predictions: Float64Array;
  readonly labels: Float64Array | Int32Array;
  readonly options: Record<string, unknown>;
}

/** Loss calls over every rank, class count, kind of target and shared option that a loss takes. */
export function calls(subject: Subject): fc.Arbitrary<GeneratedCall> {
  const layout = fc.record({
    batch: fc.integer({ min: 1, max: 2 }),
    sides: fc
      .constantFrom(...subject.ranks)
      .chain((rank) => fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: rank, maxLength: rank })),
    classes: fc.constantFrom(...subject.classes),
    target: fc.constantFrom(...subject.targets),
    activation: fc.constantFrom(...subject.activations),
    variant: fc.constantFrom(...subject.variants),
  });
  return layout
    .filter(({ activation, classes }) => activation !== "softmax" || classes > 1)
    .chain(({ batch, sides, classes, target, activation, variant }) => {
      const shape = [batch, ...sides, classes];
      const voxels = batch * sides.reduce((product, side) => product * side, 1);
      return fc
        .record({
          predictions: predictionsOf(voxels * classes, activation),
          labels: labelsOf(voxels, classes, target),
          shared: sharedOptions(subject, { classes, target, activation, voxels }),
        })
        .map(({ predictions, labels, shared }) => ({
          shape,
          predictions: target === "soft" ? awayFrom(predictions, labels, classes, activation) : predictions,
          labels,
          options: { ...subject.required, ...shared, ...variant, activation },
        }))
        .filter((call) => !subject.refuses(call.options, call as ReferenceInput));
    });
}

const float64 = (values: number[]) => Float64Array.from(values);

/** Probabilities inside (0, 1), or logits of which some are saturated. */
function predictionsOf(size: number, activation: string): fc.Arbitrary<Float64Array> {
  const probability = fc.integer({ min: 41, max: 983 }).map((k) => k / 1024);
  const logit = fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: -300, max: 300 }).map((k) => k / 64) },
    { weight: 1, arbitrary: fc.constantFrom(-40, -12, 12, 40) },
  );
  return fc.array(activation === "none" ? probability : logit, { minLength: size, maxLength: size }).map(float64);
}

function labelsOf(voxels: number, classes: number, target: TargetKind): fc.Arbitrary<Float64Array | Int32Array> {
  // a subset of the classes, so that absent classes are common
  const present = fc.subarray([...Array(Math.max(2, classes)).keys()], { minLength: 1 });
  // and now and then an index that is no class, which counts as ignored
  const strays = target === "indices" ? [-1, Math.max(2, classes), 255] : [];
  const indices = fc
    .tuple(present, fc.boolean())
    .chain(([labels, stray]) =>
      fc.array(fc.constantFrom(...labels, ...(stray ? strays : [])), { minLength: voxels, maxLength: voxels }),
    );
  if (target === "indices") return indices.map((values) => Int32Array.from(values));
  if (target === "one-hot")
    return indices.map((values) => float64(values.flatMap((label) => oneHotRow(label, classes))));
  const share = fc.constantFrom(0, 0.25, 0.5, 1);
  return fc
    .array(share, { minLength: voxels * classes, maxLength: voxels * classes })
    .map((values) => softRows(values, classes));
}

function oneHotRow(label: number, classes: number): number[] {
  return classes === 1 ? [label] : Array.from({ length: classes }, (_, index) => (index === label ? 1 : 0));
}

/** Rows that sum to 1 (several classes) out of shares. */
function softRows(shares: number[], classes: number): Float64Array {
  if (classes === 1) return float64(shares);
  const rows = shares.map((share, i) => {
    const row = shares.slice(i - (i % classes), i - (i % classes) + classes);
    const total = row.reduce((sum, value) => sum + value, 0);
    return total === 0 ? (i % classes === 0 ? 1 : 0) : share / total;
  });
  return float64(rows.map(Math.fround));
}

/** Probabilities that keep clear of a soft target: at p = g some losses have a kink, where a difference quotient means nothing. */
function awayFrom(
  predictions: Float64Array,
  labels: Float64Array | Int32Array,
  classes: number,
  activation: string,
): Float64Array {
  if (activation === "softmax") return predictions.map((x, i) => (i % classes === 0 ? x + 1 / 3 : x)).map(Math.fround);
  const clear = (p: number, g: number) => (Math.abs(p - g) < 0.03 ? (g > 0.5 ? p - 0.06 : p + 0.06) : p);
  const probability = (x: number) => (activation === "none" ? x : 1 / (1 + Math.exp(-x)));
  const back = (p: number) => (activation === "none" ? p : Math.log(p / (1 - p)));
  return predictions.map((x, i) => {
    const [p, g] = [probability(x), labels[i] as number];
    if (g === 0 || g === 1) return x;
    return clear(p, g) === p ? x : Math.fround(back(clear(p, g)));
  });
}

interface Setting {
  readonly classes: number;
  readonly target: TargetKind;
  readonly activation: string;
  readonly voxels: number;
}

/** Any subset of the shared options that can be honoured together. */
function sharedOptions(subject: Subject, setting: Setting): fc.Arbitrary<Record<string, unknown>> {
  const { classes, target, activation, voxels } = setting;
  const weight = fc.constantFrom(0, 0.5, 1, 2.25);
  const common: Record<string, fc.Arbitrary<unknown>> = {
    reduction: fc.constantFrom("mean", "sum", "sample", "none"),
    classWeights: fc.array(fc.constantFrom(0.5, 1, 2, 3.5), { minLength: classes, maxLength: classes }),
    normalize: fc.constantFrom("count", "weights"),
    weights: fc.array(weight, { minLength: voxels, maxLength: voxels }).map(float64),
    multiLabel: fc.constantFrom(false, activation !== "softmax" || subject.independentChannels),
  };
  if (classes > 1) common.includeBackground = fc.boolean();
  if (target === "indices") common.ignoreLabel = fc.constantFrom(0, 1, 255);
  if (subject.family === "ratio") Object.assign(common, ratioOptions());
  if (subject.family === "distribution" && target === "indices") common.labelSmoothing = fc.constantFrom(0, 0.1);
  for (const name of subject.without) delete common[name];
  return fc.record(common, { requiredKeys: [] }).map(({ ...options }) => {
    if (options.over === "batch" && options.reduction === "sample") options.reduction = "mean";
    return options;
  });
}

const ratioOptions = () => ({
  smooth: fc.constantFrom(0, 1e-5, 1),
  smoothNumerator: fc.constantFrom(0, 0.5),
  over: fc.constantFrom("sample", "batch"),
  emptyClass: fc.constantFrom("smooth", "skip", "penalize"),
  intersection: fc.constantFrom("semimetric", "product"),
});
