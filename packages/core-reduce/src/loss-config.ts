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

/** Gives a function its name and what `JSON.stringify` makes of it; neither is enumerable. */
export function describable<Call extends object>(
  call: Call,
  name: string,
  config: () => LossConfig,
): Call & Describable {
  Object.defineProperty(call, "name", { value: name, configurable: true });
  return Object.defineProperty(call, "toJSON", { value: config, configurable: true }) as Call & Describable;
}

/** A value of a loss's options or arguments as JSON holds it. */
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
