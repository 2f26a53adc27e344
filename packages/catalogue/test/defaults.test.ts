import "@tensorflow/tfjs-backend-cpu";
import { describe, expect, it } from "vitest";
import { call, outcome } from "../scripts/call.ts";
import type { Setting } from "../scripts/settings.ts";
import { type LossEntry, type LossOption, lossCatalogue } from "../src/index.ts";
import { inside } from "./values.ts";

const settings: readonly Setting[] = [
  { labels: "indices", activation: "softmax", classes: 3, axes: 2 },
  { labels: "soft", activation: "none", classes: 3, axes: 2 },
  { labels: "multi-label", activation: "sigmoid", classes: 2, axes: 2 },
  { labels: "indices", activation: "none", classes: 3, axes: 1 },
];

/** Options beside which others begin to matter. */
const besides: readonly Readonly<Record<string, unknown>>[] = [
  {},
  { classWeights: [1, 2, 5] },
  { alpha: 0.25 },
  { beta: "auto" },
];

type Given = Readonly<Record<string, unknown>>;

interface Call {
  readonly setting: Setting;
  readonly beside: Given;
  readonly values: readonly number[];
}

/** Each task and further options with which the loss can be called, and what it returns there. */
function callsOf(loss: LossEntry): Call[] {
  const has = (name: string) => loss.options.some((option) => option.name === name);
  return settings.flatMap((setting) =>
    besides
      .filter((beside) => Object.keys(beside).every(has))
      .flatMap((beside) => {
        const { values } = outcome(loss, setting, beside);
        return values ? [{ setting, beside, values }] : [];
      }),
  );
}

/** Whether some other value of the option changes what the loss returns somewhere. */
function matters(
  loss: LossEntry,
  { name, schema = {}, length, default: standing }: LossOption,
  calls: readonly Call[],
): boolean {
  return calls
    .filter(({ beside }) => !(name in beside))
    .some(({ setting, beside, values }) =>
      inside(schema, length === "axes" ? setting.axes : setting.classes)
        .filter((value) => JSON.stringify(value) !== JSON.stringify(standing))
        .some((other) => {
          const changed = outcome(loss, setting, { ...beside, [name]: other }).values;
          return changed !== undefined && differs(changed, values);
        }),
    );
}

/** Whether more than rounding separates what was returned. */
function differs(some: readonly number[], others: readonly number[]): boolean {
  return some.length !== others.length || some.some((one, at) => Math.abs(one - (others[at] as number)) > 1e-4);
}

describe("every default is real: given, it returns what leaving the option out returns, and another value something else", () => {
  it.each(lossCatalogue.map((loss) => [loss.name, loss] as const))("%s", (_, loss) => {
    const constants = loss.options.filter((option) => option.default !== undefined);
    const calls = callsOf(loss);
    const idle: string[] = [];
    let compared = 0;
    for (const option of constants) {
      for (const { setting, beside, values } of calls) {
        // an activation is what a setting is made for
        if (option.name in beside || (option.name === "activation" && setting.activation !== "none")) continue;
        expect(call(loss, setting, { ...beside, [option.name]: option.default }), option.name).toEqual(values);
        compared++;
      }
      if (!matters(loss, option, calls)) idle.push(option.name);
    }
    expect(compared).toBeGreaterThanOrEqual(constants.length);
    // fused kernels return the same, and the only word cannot be another
    const same = loss.options.filter(({ name, schema }) => name === "fused" || schema?.enum?.length === 1);
    expect(idle.sort()).toEqual(same.map(({ name }) => name).sort());
  });
});
