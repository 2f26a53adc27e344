import { detached, hasIndices, type Problem, type Settled, spacingOf, weightsOf } from "@lossary/core-reduce";
import { clone, dispose, getBackend, mean, type Tensor, tensor1d, tensor2d, tidy } from "@tensorflow/tfjs-core";
import { hardPredictions } from "./hard-predictions.ts";
import { prepareMetric, type surfaceMetricRules } from "./options.ts";
import { type SurfaceDistances, surfaceDistances } from "./surface-distances.ts";

/** What is made of the distances of one class of one sample. */
export type Measure = (distances: SurfaceDistances) => number;

/** A measure of surfaces. */
export interface SurfaceCall {
  readonly who: string;
  readonly labels: Tensor;
  readonly predictions: Tensor;
  readonly options: object | undefined;
  readonly rules: typeof surfaceMetricRules;
}

interface Read {
  readonly labels: ArrayLike<number>;
  readonly hard: ArrayLike<number>;
  readonly weights: ArrayLike<number> | undefined;
}

/** The measure on a backend that can read back at once. */
export function surfaceMetric(call: SurfaceCall, measure: Measure): Tensor {
  if (getBackend() === "webgpu") {
    throw new Error(`${call.who}: webgpu cannot read tensors back at once; use ${call.who}Async`);
  }
  return tidy(() =>
    detached(() => {
      const { problem, settled, tensors } = begin(call);
      const [labels, hard, weights] = tensors.map((values) => values?.dataSync());
      return finish(problem, settled, { labels, hard, weights } as Read, measure);
    }),
  );
}

/** The measure on every backend. */
export async function surfaceMetricAsync(call: SurfaceCall, measure: Measure): Promise<Tensor> {
  let begun: ReturnType<typeof begin> | undefined;
  const tensors = tidy(() => {
    begun = begin(call);
    // copies, so that what is disposed of below is never the caller's
    return begun.tensors.filter((values) => values !== undefined).map((values) => clone(values));
  });
  const { problem, settled } = begun as ReturnType<typeof begin>;
  const [labels, hard, weights] = await Promise.all(tensors.map((values) => values.data()));
  dispose(tensors);
  return tidy(() => finish(problem, settled, { labels, hard, weights } as Read, measure));
}

function begin({ who, labels, predictions, options, rules }: SurfaceCall) {
  const { problem, settled } = prepareMetric(who, labels, predictions, options, rules);
  spacingOf(problem, settled.spacing);
  return {
    problem,
    settled,
    tensors: [problem.labels, hardPredictions(problem, settled.threshold), weightsOf(problem)],
  };
}

function finish(
  problem: Problem,
  { includeBackground, missing, reduction, spacing }: Settled<typeof surfaceMetricRules>,
  read: Read,
  measure: Measure,
): Tensor {
  const { batch, classes, spatial } = problem;
  const sizes = spacingOf(problem, spacing);
  const diagonal = Math.hypot(...spatial.map((side, axis) => side * (sizes[axis] as number)));
  const first = includeBackground ? 0 : 1;
  const values: number[][] = [];
  const means: number[] = [];
  for (let sample = 0; sample < batch; sample++) {
    const row: number[] = [];
    const found: number[] = [];
    for (let label = first; label < classes; label++) {
      const [truth, predicted, ignored] = masksOf(problem, read, sample, label);
      const isFound = truth.includes(1) || predicted.includes(1);
      const distances = isFound ? surfaceDistances(truth, predicted, spatial, { spacing: sizes, ignored }) : undefined;
      const value = distances ? measure(distances) : isFound ? (missing === "diagonal" ? diagonal : missing) : 0;
      row.push(value);
      if (isFound) found.push(value);
    }
    values.push(row);
    means.push(found.length === 0 ? 0 : found.reduce((sum, value) => sum + value, 0) / found.length);
  }
  if (reduction === "none") return tensor2d(values, [batch, classes - first]);
  const ofSamples = tensor1d(means);
  return reduction === "sample" ? ofSamples : mean(ofSamples);
}

/** Truth, prediction and ignored voxels of one class of one sample; ignored voxels are in neither mask. */
function masksOf(
  problem: Problem,
  { labels, hard, weights }: Read,
  sample: number,
  label: number,
): [truth: Uint8Array, predicted: Uint8Array, ignored: Uint8Array] {
  const { classes, voxels } = problem;
  const indexed = hasIndices(problem);
  const wanted = classes === 1 ? 1 : label;
  const mask = (isIn: (voxel: number) => boolean) =>
    Uint8Array.from({ length: voxels }, (_, voxel) => (isIn(sample * voxels + voxel) ? 1 : 0));
  const counts = (voxel: number) => weights === undefined || weights[voxel] !== 0;
  const isTrue = (voxel: number) =>
    indexed ? labels[voxel] === wanted : (labels[voxel * classes + label] as number) > 0.5;
  return [
    mask((voxel) => counts(voxel) && isTrue(voxel)),
    mask((voxel) => counts(voxel) && hard[voxel * classes + label] === 1),
    mask((voxel) => !counts(voxel)),
  ];
}
