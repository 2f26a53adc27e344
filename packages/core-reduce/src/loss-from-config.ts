import { refuse, show } from "./errors.ts";
import type { Loss } from "./loss.ts";
import type { Json, LossConfig } from "./loss-config.ts";
import { type SettledLoss, withOptions } from "./with-options.ts";

/** Losses, and functions that make losses, by their names: `import * as` of a package is one such record. */
export type NamedLosses = Readonly<Record<string, unknown>>;

/**
 * The loss that a description describes: what `JSON.stringify` made of a loss of {@link withOptions}, or of one that `weightedSum`,
 * `deepSupervision` or `blobLoss` made.
 *
 * The losses that may be meant are given, so that a bundle holds those alone and no text from outside reaches another function.
 *
 * @param config - the description, as JSON text or parsed
 * @param losses - losses by their names, for instance `{ diceLoss, crossEntropyLoss }`, or whole packages, `{ ...region, ...distribution }`
 * @returns a loss `(labels, predictions, options?)` that describes itself as `config` does
 * @throws Error for text that is no JSON, for a description that is none, and for a name that `losses` does not have
 *
 * @example
 * ```ts
 * import { lossFromConfig } from "@lossary/core-reduce";
 * import { diceLoss } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const loss = lossFromConfig('{"loss":"diceLoss","options":{"smooth":1}}', { diceLoss });
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * loss(truth, tensor3d([[[0.9], [0.2], [0.6], [0.3]]])).print(); // 0.2333
 * ```
 */
export function lossFromConfig(config: string | LossConfig, losses: NamedLosses): SettledLoss<Loss<object>> {
  const described = typeof config === "string" ? parse(config) : (config as Json);
  if (!isConfig(described)) {
    refuse("lossFromConfig", "config", 'a description, { "loss": name, "options": {...} }', described);
  }
  return made(described, losses) as SettledLoss<Loss<object>>;
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new Error(`lossFromConfig: config is no JSON: ${(error as Error).message}`);
  }
}

function isConfig(value: Json): value is LossConfig & Json {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const { loss, make, from } = value as Readonly<Record<string, Json>>;
  return typeof loss === "string" || (typeof make === "string" && Array.isArray(from));
}

function made(config: LossConfig, losses: NamedLosses): unknown {
  const options = (config.options ?? {}) as object;
  if ("loss" in config)
    return withOptions(
      named(config.loss, losses) as Loss<object>,
      revived(options as Json, losses) as object,
      config.loss,
    );
  const loss = named(config.make, losses)(...config.from.map((given) => revived(given, losses)));
  return Object.keys(options).length === 0 ? loss : withOptions(loss as Loss<object>, options);
}

/** A value with the losses in it made. */
function revived(value: Json, losses: NamedLosses): unknown {
  if (isConfig(value)) return made(value, losses);
  if (Array.isArray(value)) return value.map((entry) => revived(entry, losses));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, revived(entry, losses)]));
}

function named(name: string, losses: NamedLosses): (...given: unknown[]) => unknown {
  const found = Object.hasOwn(losses, name) ? losses[name] : undefined;
  if (typeof found === "function") return found as (...given: unknown[]) => unknown;
  const known = Object.keys(losses).filter((key) => typeof losses[key] === "function");
  throw new Error(
    `lossFromConfig: there is no loss ${show(name)} among those given: ${known.sort().join(", ") || "none"}`,
  );
}
