import * as boundary from "@lossary/losses-boundary";
import * as compound from "@lossary/losses-compound";
import * as distribution from "@lossary/losses-distribution";
import * as region from "@lossary/losses-region";
import { dispose, type Tensor, tidy } from "@tensorflow/tfjs-core";
import type { LossEntry } from "../src/loss-entry.ts";
import { type Setting, tensorsOf } from "./settings.ts";

/** What a call needs to know of a loss. */
export type Called = Pick<LossEntry, "name" | "parameters"> & {
  readonly options: readonly { readonly name: string; readonly required: boolean }[];
};

type AnyLoss = (labels: Tensor, predictions: Tensor, options: object) => Tensor | Readonly<Record<string, Tensor>>;
type Maker = (loss: AnyLoss, options: object) => AnyLoss;

const all: Readonly<Record<string, unknown>> = { ...distribution, ...region, ...boundary, ...compound };

/** Values for the options that a loss does not do without. */
const needed: Readonly<Record<string, (classes: number) => unknown>> = {
  classWeights: (classes) => Array.from({ length: classes }, (_, label) => label + 1),
  distanceMatrix: (classes) =>
    Array.from({ length: classes }, (_, row) => Array.from({ length: classes }, (_, column) => Math.abs(row - column))),
};

/** Whether a loss takes labels and predictions itself, or makes a loss that does. */
export function takesTensors({ parameters }: Pick<LossEntry, "parameters">): boolean {
  return parameters[0] === "labels";
}

/**
 * Calls a loss in a setting; those of its options that the setting and necessity ask for are given unless the caller gives them.
 *
 * @returns every number of every tensor that it returns
 */
export function call(loss: Called, setting: Setting, given: Readonly<Record<string, unknown>> = {}): number[] {
  const { labels, predictions, weights } = tensorsOf(setting);
  try {
    return tidy(() => {
      const options = optionsOf(loss, setting, given, weights);
      if (takesTensors(loss)) return numbersOf((all[loss.name] as AnyLoss)(labels, predictions, options));
      const { activation, multiLabel, ...own } = options;
      const made = (all[loss.name] as Maker)(region.diceLoss as AnyLoss, own);
      return numbersOf(made(labels, predictions, { activation, ...(multiLabel === undefined ? {} : { multiLabel }) }));
    });
  } finally {
    dispose([labels, predictions, weights]);
  }
}

/** What a loss returns, or what it says when it refuses. Only an error under its own name is a refusal. */
export function outcome(loss: Called, setting: Setting, given: Readonly<Record<string, unknown>> = {}) {
  try {
    return { values: call(loss, setting, given) };
  } catch (error) {
    const { message } = error as Error;
    if (!message.startsWith(`${loss.name}: `)) throw error;
    return { refusal: message };
  }
}

/** What a loss says when it is called; `undefined` where it is content. */
export function refusal(loss: Called, setting: Setting, given: Readonly<Record<string, unknown>> = {}) {
  return outcome(loss, setting, given).refusal;
}

function optionsOf(loss: Called, setting: Setting, given: Readonly<Record<string, unknown>>, weights: Tensor) {
  const required = loss.options
    .filter((option) => option.required)
    .map(({ name }) => {
      const make = needed[name];
      if (make === undefined) throw new Error(`${loss.name}: write a value for ${name} into scripts/call.ts`);
      return [name, make(setting.classes)];
    });
  // a tensor belongs to a setting: `true` stands for that of this one
  const tensors = Object.entries(given).map(([name, value]) => [
    name,
    name === "weights" && value === true ? weights : value,
  ]);
  const channels = setting.labels === "multi-label" && setting.activation === "none" ? { multiLabel: true } : {};
  return Object.fromEntries([
    ...required,
    ["activation", setting.activation],
    ...Object.entries(channels),
    ...tensors,
  ]) as Readonly<Record<string, unknown>>;
}

function numbersOf(result: Tensor | Readonly<Record<string, Tensor>>): number[] {
  const tensors = "dataSync" in result ? [result as Tensor] : Object.values(result);
  return tensors.flatMap((one) => [...one.dataSync()]);
}
