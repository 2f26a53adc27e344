import { numberWithin, type OptionRule, readOptions, refuse } from "@lossary/core-reduce";

/** The options of {@link rampBoundary} and {@link rebalance}. */
export interface RampOptions {
  /**
   * The weight of the boundary loss in epoch 0.
   * @defaultValue `0.01`
   */
  start?: number;
  /**
   * What is added in each epoch.
   * @defaultValue `0.01`
   */
  step?: number;
  /**
   * The weight at which the ramp ends.
   * @defaultValue `1`, for {@link rebalance} `0.99`
   */
  end?: number;
}

/**
 * The weight of a boundary loss that grows with the epochs: a network that segments nothing right yet learns nothing from distances.
 *
 * ```math
 * \alpha(e) = \min(\text{start} + e \cdot \text{step},\ \text{end})
 * ```
 *
 * @param epoch - from 0
 * @param options - see {@link RampOptions}
 * @returns α, for region + α boundary
 * @throws Error for an epoch or an option that is no finite number of at least 0, and for options that are none
 *
 * @example
 * ```ts
 * import { rampBoundary } from "@lossary/losses-boundary";
 *
 * console.log(rampBoundary(4)); // 0.05
 * console.log(rampBoundary(500)); // 1
 * ```
 *
 * @see H. Kervadec et al.: Boundary loss for highly unbalanced segmentation. Medical Image Analysis 2021, {@link https://arxiv.org/abs/1812.07032}
 */
export function rampBoundary(epoch: number, options?: RampOptions): number {
  return ramp("rampBoundary", epoch, options, numberWithin(0, Number.POSITIVE_INFINITY, 1));
}

/** The ramp of both schedules, which end at different weights. */
export function ramp(who: string, epoch: number, options: RampOptions | undefined, ends: OptionRule<number>): number {
  const weight = numberWithin(0, Number.POSITIVE_INFINITY, 0.01);
  if (!weight.allows(epoch)) refuse(who, "epoch", weight.expected, epoch);
  const { start, step, end } = readOptions(who, options, { start: weight, step: weight, end: ends });
  return Math.min(start + epoch * step, end);
}
