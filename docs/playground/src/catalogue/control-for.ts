import type { LossOption, OptionSchema } from "@lossary/catalogue";
import type { Control } from "./controls.ts";

/**
 * Options without a control: what the page decides itself (how predictions are handed over, one number as the result), what one image cannot
 * show (what batches have), and what takes more than a slider (maps, lists).
 */
const unseen: ReadonlySet<string> = new Set([
  ...["activation", "multiLabel", "reduction", "components"],
  ...["over", "per"],
  ...["weights", "distanceMap", "distanceMatrix", "betaRange", "radii"],
]);

/** From none, over what is far below everything that can be seen, to what is far above. */
const smoothing = [0, 1e-7, 1e-5, 1e-3, 0.01, 0.1, 1, 10, 100];

/** Where a slider ends if the option itself does not, or where it does so too late. */
const ends: Readonly<Record<string, number>> = {
  boundaryShare: 0.1,
  borderless: 10,
  epsilon: 5,
  gamma: 5,
  iterations: 12,
  maxDistance: 50,
};

/** The control of an option, as its schema allows; nothing where the page has none. */
export function controlFor(option: LossOption): Control | undefined {
  const { name, schema, default: start } = option;
  if (unseen.has(name) || schema === undefined || schema.type === "object") return undefined;
  if (name === "ignoreLabel") return { kind: "class", start: undefined };
  if (name === "classWeights") return { kind: "perClass", max: 10, step: 0.1, start: undefined };
  if (name.startsWith("smooth")) return { kind: "stops", stops: smoothing, start: start as number | undefined };
  if (schema.enum) return { kind: "choice", words: schema.enum, start: start as string };
  if (schema.type === "boolean") return { kind: "flag", start: start as boolean };
  const number = numberOf(schema);
  if (number === undefined) return undefined;
  const bounds = boundsOf(option, number);
  if (typeof start === "number") return { kind: "range", ...bounds, start };
  return { kind: "optional", ...bounds, without: typeof start === "string" ? start : "none", start: undefined };
}

/** The number that an option may be, alone or among other things. */
function numberOf(schema: OptionSchema): OptionSchema | undefined {
  return [schema, ...(schema.anyOf ?? [])].find(({ type }) => type === "number" || type === "integer");
}

function boundsOf({ name, default: start }: LossOption, schema: OptionSchema) {
  const isSmall = typeof start === "number" && start > 0 && start < 0.05 && schema.maximum === undefined;
  const max = ends[name] ?? schema.maximum ?? (isSmall ? 1 : 4);
  const low = schema.minimum ?? schema.exclusiveMinimum ?? 0;
  const step = stepOf(max - low, schema.type === "integer", isSmall);
  return { min: schema.minimum === undefined ? low + step : low, max, step };
}

function stepOf(extent: number, isWhole: boolean, isSmall: boolean): number {
  if (isWhole || extent > 20) return 1;
  if (extent <= 0.1) return 0.002;
  if (isSmall) return 0.005;
  if (extent <= 1) return 0.01;
  return extent <= 6 ? 0.05 : 0.5;
}
