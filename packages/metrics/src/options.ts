import {
  numberWithin,
  type OptionRule,
  oneOf,
  type Problem,
  prepare,
  readOptions,
  rulesWithout,
  type Settled,
  type SharedOptions,
  sharedRules,
  spacing,
} from "@lossary/core-reduce";
import type { Tensor } from "@tensorflow/tfjs-core";

/** The options that every metric takes; they mean what they mean to a loss. */
export interface MetricOptions
  extends Pick<SharedOptions, "activation" | "fused" | "ignoreLabel" | "includeBackground" | "multiLabel" | "weights"> {
  /**
   * What is returned: the mean over classes, then over samples; one number a sample; or one a sample and class.
   * @defaultValue `"mean"`
   */
  reduction?: "mean" | "sample" | "none";
  /**
   * From which probability on a voxel is in a class, between 0 and 1. For independent channels; of exclusive classes the most probable one is taken.
   * @defaultValue `0.5`
   */
  threshold?: number;
}

/** The options of metrics of overlap. */
export interface OverlapMetricOptions extends MetricOptions {
  /**
   * Whose voxels are counted together: those of a sample, or of the whole batch.
   * @defaultValue `"sample"`
   */
  over?: "sample" | "batch";
}

/** The options of metrics of surfaces. */
export interface SurfaceMetricOptions extends MetricOptions {
  /**
   * The distance between neighbouring voxels, one number or one a spatial axis: distances are in its units.
   * @defaultValue `1`
   */
  spacing?: number | readonly number[];
  /**
   * The distance where a class is in the truth or in the prediction alone: the diagonal of the image, or a number.
   * @defaultValue `"diagonal"`
   */
  missing?: "diagonal" | number;
}

const missing: OptionRule<"diagonal" | number> = {
  expected: '"diagonal", or a finite number of at least 0',
  allows: (value) => value === "diagonal" || numberWithin(0, Number.POSITIVE_INFINITY, 0).allows(value),
  default: "diagonal",
};

/** The rules of {@link MetricOptions}. */
export const metricRules = {
  ...rulesWithout(sharedRules, "classWeights", "normalize"),
  reduction: oneOf("mean", "sample", "none"),
  threshold: numberWithin(0, 1, undefined),
};

/** The rules of {@link OverlapMetricOptions}. */
export const overlapMetricRules = { ...metricRules, over: oneOf("sample", "batch") };

/** The rules of {@link SurfaceMetricOptions}. */
export const surfaceMetricRules = { ...metricRules, spacing, missing };

/** Options of every metric, after reading. */
export type SettledMetric = Settled<typeof metricRules>;

/** Checks labels, predictions and options of a metric against each other. */
export function prepareMetric<Rules extends typeof metricRules>(
  who: string,
  labels: Tensor,
  predictions: Tensor,
  options: object | undefined,
  rules: Rules,
): { problem: Problem; settled: Settled<Rules> } {
  const settled = readOptions(who, options, rules);
  const { activation, fused, ignoreLabel, includeBackground, multiLabel, threshold, weights } =
    settled as SettledMetric;
  const shared = { activation, fused, ignoreLabel, includeBackground, multiLabel, weights };
  const problem = prepare(who, labels, predictions, {
    ...shared,
    classWeights: undefined,
    normalize: "count",
    reduction: "mean",
  });
  if (threshold !== undefined && !problem.multiLabel) {
    throw new Error(
      `${who}: threshold needs independent channels; of exclusive classes the most probable one is taken`,
    );
  }
  if (!problem.multiLabel && problem.classes === 1) {
    throw new Error(
      `${who}: multiLabel: false contradicts predictions with 1 class, which would be the most probable one everywhere; leave it out`,
    );
  }
  return { problem, settled };
}
