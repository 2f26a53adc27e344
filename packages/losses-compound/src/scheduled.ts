import { type Loss, refuse } from "@lossary/core-reduce";

/** A loss that changes from epoch to epoch, and the callback that tells it the epoch. */
export interface Scheduled<Options extends object> {
  /** The loss of the current epoch; epoch 0 until the callback says otherwise. */
  readonly loss: Loss<Options>;
  /** Goes into the `callbacks` of `model.fit` or `model.fitDataset`. */
  readonly callback: {
    /** Takes the loss of this epoch from here on. */
    onEpochBegin(epoch: number): Promise<void>;
  };
}

/**
 * A loss whose weights follow a schedule, for `model.fit`, which takes one loss for the whole training: the callback says which epoch it is.
 *
 * ```math
 * L_e = \text{lossOfEpoch}(e)
 * ```
 *
 * In a training loop of your own call the loss of the epoch directly; there is nothing to schedule.
 *
 * @param lossOfEpoch - the loss of an epoch, counted from 0; called once an epoch
 * @returns a record of `loss` and `callback`
 * @throws Error where `lossOfEpoch`, or what it returns, is no function
 *
 * @example
 * ```ts
 * import { withOptions } from "@lossary/core-reduce";
 * import { rampBoundary } from "@lossary/losses-boundary";
 * import { diceBoundaryLoss, scheduled } from "@lossary/losses-compound";
 * import * as tf from "@tensorflow/tfjs";
 *
 * const { loss, callback } = scheduled((epoch) =>
 *   withOptions(diceBoundaryLoss, { activation: "sigmoid", boundaryWeight: rampBoundary(epoch) }),
 * );
 * const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [4, 4, 1], units: 1 })] });
 * model.compile({ optimizer: "adam", loss });
 * await model.fit(tf.ones([1, 4, 4, 1]), tf.ones([1, 4, 4, 1]), { epochs: 3, callbacks: callback, verbose: 0 });
 * ```
 *
 * @see H. Kervadec et al.: Boundary loss for highly unbalanced segmentation. MIDL 2019, {@link https://arxiv.org/abs/1812.07032}
 */
export function scheduled<Options extends object>(lossOfEpoch: (epoch: number) => Loss<Options>): Scheduled<Options> {
  if (typeof lossOfEpoch !== "function") refuse("scheduled", "lossOfEpoch", "a function", lossOfEpoch);
  const at = (epoch: number) => {
    const loss = lossOfEpoch(epoch);
    if (typeof loss !== "function") refuse("scheduled", `lossOfEpoch(${epoch})`, "a loss", loss);
    return loss;
  };
  let current = at(0);
  return {
    loss: (labels, predictions, options) => current(labels, predictions, options),
    callback: {
      onEpochBegin: async (epoch) => {
        current = at(epoch);
      },
    },
  };
}
