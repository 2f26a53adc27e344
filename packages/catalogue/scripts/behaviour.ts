import type { LabelForm, LossEntry } from "../src/loss-entry.ts";
import type { LossOption, OptionSchema } from "../src/loss-option.ts";
import { type Called, refusal, takesTensors } from "./call.ts";
import { schemaOf } from "./schema.ts";
import type { Setting } from "./settings.ts";

const forms: readonly LabelForm[] = ["indices", "one-hot", "soft", "multi-label"];
const activations = ["none", "softmax", "sigmoid"] as const;

/** A task of each kind, images in three classes. */
export const settings: readonly Setting[] = activations.flatMap((activation) =>
  forms
    .filter((labels) => labels !== "multi-label" || activation !== "softmax") // softmax makes classes exclusive
    .map((labels) => ({ labels, activation, classes: 3, axes: 2 })),
);

/** A task that the loss takes. */
export function settingOf(loss: Called): Setting {
  const found = settings.find((setting) => refusal(loss, setting) === undefined);
  if (found === undefined) throw new Error(`${loss.name}: takes none of the settings`);
  return found;
}

/** What labels and predictions a loss takes, found out by calling it. */
export function takenBy(
  loss: Called,
): Pick<LossEntry, "labels" | "activations" | "reductions" | "minimumClasses" | "spatialAxes"> {
  const usual = settingOf(loss);
  const takes = (setting: Partial<Setting>, given = {}) => refusal(loss, { ...usual, ...setting }, given) === undefined;
  const takesExclusive = (activation: Setting["activation"]) =>
    takes({ activation }) || (activation === "sigmoid" && takes({ activation }, { multiLabel: false }));
  const takesOne = activations.some((activation) => takes({ activation, classes: 1 }));
  return {
    labels: forms.filter((labels) => settings.some((one) => one.labels === labels && takes(one))),
    activations: activations.filter(takesExclusive),
    reductions: takesTensors(loss)
      ? (["mean", "sum", "sample", "none"] as const).filter((reduction) => takes({}, { reduction }))
      : ["mean"],
    minimumClasses: takesOne ? 1 : 2,
    spatialAxes: [0, 1, 2, 3].filter((axes) => takes({ axes })),
  };
}

/** The names of the options that a loss has, as its error lists them. */
export function optionNames(loss: Called): string[] {
  const said = refusal(loss, settingOf(loss), { "no option": 1 }) ?? "";
  return /; the options are (.+)$/.exec(said)?.[1]?.split(", ") ?? [];
}

/** What a loss expects of an option. */
export type Expectation = Pick<LossOption, "expected" | "schema" | "length">;

/** What a loss expects of an option, in its words and as a schema. */
export function expectationOf(loss: Called, option: string): Expectation {
  const setting = settingOf(loss);
  const said = refusal(loss, setting, { [option]: Symbol("wrong") }) ?? "";
  const start = `${loss.name}: ${option} must be `;
  const end = " (got Symbol(wrong))";
  if (!said.startsWith(start) || !said.endsWith(end))
    throw new Error(`${loss.name}: does not say what ${option} must be: ${said}`);
  const expected = said.slice(start.length, -end.length);
  const schema = schemaOf(expected);
  const { minimum, ...rest } = schema ?? {};
  // a compound lets its terms speak
  const isRefused = (value: unknown) =>
    refusal(loss, setting, { [option]: value })?.includes(`: ${option} must be `) ?? false;
  // a rule may allow a bound that the loss refuses behind it
  const isOpen = minimum !== undefined && isRefused(minimum);
  return {
    expected,
    ...(schema && { schema: isOpen ? { ...rest, exclusiveMinimum: minimum } : schema }),
    ...lengthOf(setting, schema, isRefused),
  };
}

/** Whether lists must have an entry a class or a spatial axis: which lengths are not refused. */
function lengthOf(setting: Setting, schema: OptionSchema | undefined, isRefused: (value: unknown) => boolean) {
  const list = [schema, ...(schema?.anyOf ?? [])].find((one) => one?.type === "array");
  if (list === undefined || (list.minItems !== undefined && list.minItems === list.maxItems)) return {};
  const make = (length: number) => Array.from({ length }, (_, row) => (isTable ? unitRow(length, row) : 1));
  const isTable = list.items?.type === "array";
  const taken = [1, 2, 3, 4].filter((length) => !isRefused(make(length))).join();
  if (taken === String(setting.classes)) return { length: "classes" as const };
  return taken === String(setting.axes) ? { length: "axes" as const } : {};
}

/** A row of 1 with 0 on the diagonal. */
function unitRow(length: number, row: number): number[] {
  return Array.from({ length }, (_, column) => (row === column ? 0 : 1));
}
