import type { Tensor } from "@tensorflow/tfjs-core";
import { refuse } from "./errors.ts";
import { checkedName, type Describable, describable, type Json, toPlain } from "./loss-config.ts";

/** Any loss, whatever its predictions and options are. */
export type AnyLoss = (labels: Tensor, predictions: never, options?: never) => unknown;

/** The options of a loss. */
export type OptionsOf<Given extends AnyLoss> = Given extends (
  labels: never,
  predictions: never,
  options?: infer Options,
) => unknown
  ? NonNullable<Options>
  : never;

/** The predictions of a loss: a tensor, or one tensor a resolution. */
export type PredictionsOf<Given extends AnyLoss> = Given extends (
  labels: never,
  predictions: infer Predictions,
  options?: never,
) => unknown
  ? Predictions
  : never;

/** A loss whose options are settled; those of a call stand over them. */
export type SettledLoss<Given extends AnyLoss> = ((
  labels: Tensor,
  predictions: PredictionsOf<Given>,
  options?: OptionsOf<Given>,
) => ReturnType<Given>) &
  Describable;

/**
 * A loss with its options settled: a named function of labels and predictions, for `model.compile` and wherever else nobody hands options on.
 *
 * The function has no enumerable properties, so that tfjs-layers can save a model that was compiled with it together with its optimizer, and
 * `JSON.stringify(loss)` describes it, so that {@link lossFromConfig} can make it again for the model that was loaded. The options are copied:
 * changing them later changes nothing.
 *
 * @param loss - any loss `(labels, predictions, options?)`
 * @param options - what it is always called with; options of the call stand over them
 * @param name - what the loss is called in its description; give it where a minifier renames functions
 * @returns a function `(labels, predictions, options?)` of that name, with `toJSON()`
 * @throws Error for a loss that is no function, options that are no object, and a name that is no string. `toJSON()` throws for options that JSON
 * does not hold (tensors, infinite numbers), and for a function that a minifier has left without its name
 *
 * @example
 * ```ts
 * import { withOptions } from "@lossary/core-reduce";
 * import { diceLoss } from "@lossary/losses-region";
 * import * as tf from "@tensorflow/tfjs";
 *
 * const loss = withOptions(diceLoss, { activation: "softmax", smooth: 1 });
 * const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [8, 8, 1], units: 3 })] });
 * model.compile({ optimizer: "adam", loss });
 * console.log(JSON.stringify(loss)); // {"loss":"diceLoss","options":{"activation":"softmax","smooth":1}}
 * ```
 */
export function withOptions<Given extends AnyLoss>(
  loss: Given,
  options: OptionsOf<Given>,
  name?: string,
): SettledLoss<Given> {
  if (typeof loss !== "function") refuse("withOptions", "loss", "a loss function", loss);
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    refuse("withOptions", "options", "an object of named options", options);
  }
  if (name !== undefined && typeof name !== "string") refuse("withOptions", "name", "a string", name);
  const settled = copy(options);
  const called = name ?? loss.name;
  return describable(
    (labels: Tensor, predictions: PredictionsOf<Given>, others?: OptionsOf<Given>) =>
      loss(labels, predictions as never, { ...settled, ...others } as never) as ReturnType<Given>,
    called,
    () => {
      const given = toPlain("withOptions", "options", settled) as Record<string, Json>;
      const inner = (loss as Given & Partial<Describable>).toJSON?.();
      if (inner === undefined || name !== undefined)
        return { loss: checkedName("withOptions", "loss", called), options: given };
      if ("make" in inner) return { ...inner, options: { ...inner.options, ...given } };
      return { loss: inner.loss, options: { ...inner.options, ...given } };
    },
  );
}

/** Objects and lists anew, everything else, tensors among it, as it is. */
function copy<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(copy) as Value;
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, copy(entry)])) as Value;
}
