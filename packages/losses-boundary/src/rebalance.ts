import { numberWithin } from "@lossary/core-reduce";
import { type RampOptions, ramp } from "./ramp-boundary.ts";

/**
 * The weights of a region and of a boundary loss that always add up to 1: what the boundary loss gains with the epochs the region loss loses.
 *
 * ```math
 * (1 - \alpha(e))\, L_{\text{region}} + \alpha(e)\, L_{\text{boundary}}, \qquad \alpha(e) = \min(\text{start} + e \cdot \text{step},\ \text{end})
 * ```
 *
 * @param epoch - from 0
 * @param options - see {@link RampOptions}; `end` is 0.99, so that the region loss never leaves
 * @returns both weights
 * @throws Error for an epoch or an option that is no finite number of at least 0, for an `end` above 1, and for options that are none
 *
 * @example
 * ```ts
 * import { rebalance } from "@lossary/losses-boundary";
 *
 * const { region, boundary } = rebalance(4);
 * console.log(region, boundary); // 0.95 0.05
 * ```
 *
 * @see H. Kervadec et al.: Boundary loss for highly unbalanced segmentation. Medical Image Analysis 2021, {@link https://arxiv.org/abs/1812.07032}
 */
export function rebalance(epoch: number, options?: RampOptions): { region: number; boundary: number } {
  const boundary = ramp("rebalance", epoch, options, numberWithin(0, 1, 0.99));
  return { region: 1 - boundary, boundary };
}
