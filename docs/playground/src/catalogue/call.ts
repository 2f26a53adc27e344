import type { LossEntry } from "@lossary/catalogue";
import type { Channels } from "../scene/scene.ts";
import { wants } from "./losses.ts";
import { optionsOf, type Settings } from "./settings.ts";

/** What the predictions of a scene are handed over as. */
export type Form = "logits" | "probabilities";

/** How a loss is called: what stands for its predictions, and with which options. A worker can receive it. */
export interface LossCall {
  readonly name: string;
  readonly predictions: Form | "distances";
  readonly options: Readonly<Record<string, unknown>>;
  /** What `blobLoss` makes its loss of. */
  readonly blob?: { readonly loss: string; readonly weights: Readonly<Record<string, unknown>> };
}

/** The call of a loss with what was set; logits come with their activation. */
export function callOf(loss: LossEntry, settings: Settings, channels: Channels, form: Form): LossCall {
  const { name } = loss;
  const options = optionsOf(loss, settings, channels);
  if (wants[name] === "distances") return { name, predictions: "distances", options };
  if (wants[name] === "scores") return { name, predictions: "logits", options };
  const activation = form === "logits" && { activation: channels === 1 ? "sigmoid" : "softmax" };
  const call = { name, predictions: form, options: { ...activation, ...options } };
  return name === "blobLoss" ? blobCall(call) : call;
}

function blobCall({ options: { loss = "diceLoss", mainWeight, blobWeight, ...options }, ...call }: LossCall): LossCall {
  const given = Object.entries({ mainWeight, blobWeight }).filter(([, weight]) => weight !== undefined);
  return { ...call, options, blob: { loss: loss as string, weights: Object.fromEntries(given) } };
}
