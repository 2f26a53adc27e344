import { refuse, show } from "./errors.ts";

/** What JSON holds. */
export type Json = boolean | null | number | string | readonly Json[] | { readonly [name: string]: Json };

/** A loss as plain data: by its name and options, or by the function that made it and what that was given. */
export type LossConfig =
  | { readonly loss: string; readonly options: { readonly [name: string]: Json } }
  | { readonly make: string; readonly from: readonly Json[]; readonly options?: { readonly [name: string]: Json } };

/** A function that can say what it is. */
export interface Describable {
  /** The loss as plain data, for `lossFromConfig`. */
  toJSON(): LossConfig;
}

type AnyFunction = (...given: never[]) => unknown;

/**
 * Gives a function its name and what `JSON.stringify` makes of it; neither is enumerable, so that tfjs-layers saves models that were compiled with it.
 *
 * @param call - the function; it is changed
 * @param name - what it is called in errors and descriptions
 * @param config - makes the description, when somebody asks for it
 * @returns the same function, with `toJSON()`
 *
 * @example
 * ```ts
 * import { describable } from "@lossary/core-reduce";
 * import { iouLoss } from "@lossary/losses-region";
 * import type { Tensor } from "@tensorflow/tfjs";
 *
 * const loss = (labels: Tensor, predictions: Tensor) => iouLoss(labels, predictions, { smooth: 1 });
 * const mine = describable(loss, "myLoss", () => ({ loss: "myLoss", options: {} }));
 * console.log(mine.name, JSON.stringify(mine)); // myLoss {"loss":"myLoss","options":{}}
 * ```
 */
export function describable<Call extends object>(
  call: Call,
  name: string,
  config: () => LossConfig,
): Call & Describable {
  Object.defineProperty(call, "name", { value: name, configurable: true });
  return Object.defineProperty(call, "toJSON", { value: config, configurable: true }) as Call & Describable;
}

/**
 * A value of a loss's options or arguments as JSON holds it: losses become their descriptions, lists and plain objects are walked through.
 *
 * @param who - the function whose name an error carries
 * @param place - where the value stands, for the error
 * @param value - an option or an argument
 * @returns what `JSON.stringify` takes and {@link lossFromConfig} reads
 * @throws Error for what JSON does not hold (tensors, infinite numbers), and for a function without a name
 *
 * @example
 * ```ts
 * import { toPlain } from "@lossary/core-reduce";
 * import { diceLoss } from "@lossary/losses-region";
 *
 * console.log(JSON.stringify(toPlain("myLoss", "options", { loss: diceLoss }))); // {"loss":{"loss":"diceLoss","options":{}}}
 * ```
 */
export function toPlain(who: string, place: string, value: unknown): Json {
  if (typeof value === "function") return configOf(who, place, value as AnyFunction) as Json;
  if (Array.isArray(value)) return value.map((entry, index) => toPlain(who, `${place}[${index}]`, entry));
  if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    const entries = Object.entries(value).filter((entry) => entry[1] !== undefined);
    return Object.fromEntries(entries.map(([name, entry]) => [name, toPlain(who, `${place}.${name}`, entry)]));
  }
  const isPlain = value === null || typeof value === "boolean" || typeof value === "string" || Number.isFinite(value);
  if (!isPlain) refuse(who, place, "something that JSON holds, to be described", value);
  return value as Json;
}

/** What a loss says of itself; one that says nothing has its name. */
function configOf(who: string, place: string, loss: AnyFunction & Partial<Describable>): LossConfig {
  return loss.toJSON ? loss.toJSON() : { loss: checkedName(who, place, loss.name), options: {} };
}

/** Minifiers leave names of one letter or two, under which nobody will find the loss again. */
export function checkedName(who: string, place: string, name: string): string {
  if (name.length > 2) return name;
  throw new Error(
    `${who}: ${place} must have a name to be described (got ${show(name)}); where a minifier renames functions, give withOptions the name as its third argument`,
  );
}
