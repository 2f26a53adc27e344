import { refuse } from "./errors.ts";

/**
 * Losses or metrics by the names of a model's outputs, for `model.compile`, so that the model can be saved together with its optimizer.
 *
 * What tfjs-layers cannot write down it refuses or forgets: a model that was compiled with a list or a record of losses cannot be saved with its
 * optimizer, and one that was compiled with metrics of one's own can be saved and not be loaded again. Both look through the record's enumerable
 * properties. Those of this one are not: the model trains and reports with all of them, and is saved without. Compile it again after it was loaded.
 *
 * @param entries - a loss, or one or several metrics, for each output by its name, as `model.outputNames` lists them
 * @returns a record of the same entries, of which none is enumerable; its type has no lists, of which the types of tfjs-layers do not know
 * @throws Error for entries that are no record
 *
 * @example
 * ```ts
 * import { byOutput } from "@lossary/core-reduce";
 * import { diceLoss } from "@lossary/losses-region";
 * import { diceCoefficient, hausdorff95 } from "@lossary/metrics";
 * import * as tf from "@tensorflow/tfjs";
 *
 * const conv = { filters: 1, kernelSize: 3, padding: "same", activation: "sigmoid" } as const;
 * const model = tf.sequential({ layers: [tf.layers.conv2d({ ...conv, inputShape: [8, 8, 1], name: "mask" })] });
 * const metrics = byOutput({ mask: [diceCoefficient, hausdorff95] });
 * model.compile({ optimizer: "adam", loss: diceLoss, metrics });
 * console.log(model.metricsNames.join()); // loss,diceCoefficient,hausdorff95
 * ```
 */
export function byOutput<Entry>(entries: Readonly<Record<string, Entry | readonly Entry[]>>): Record<string, Entry> {
  if (typeof entries !== "object" || entries === null || Array.isArray(entries)) {
    refuse("byOutput", "entries", "a record with an entry for each output", entries);
  }
  const hidden = Object.entries(entries).map(([name, value]) => [name, { value }]);
  return Object.defineProperties({}, Object.fromEntries(hidden)) as Record<string, Entry>;
}
