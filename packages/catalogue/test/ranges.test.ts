import "@tensorflow/tfjs-backend-cpu";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { settingOf } from "../scripts/behaviour.ts";
import { refusal } from "../scripts/call.ts";
import { type LossOption, lossCatalogue } from "../src/index.ts";
import { inside, outside } from "./values.ts";

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });

/** The options with a schema, and those without one, which are tensors. */
const ranged = (options: readonly LossOption[]) => options.filter(({ schema }) => schema !== undefined);
const tensors = (options: readonly LossOption[]) => options.filter(({ schema }) => schema === undefined);

describe("every range is real: what is outside throws, its bounds and what is inside do not", () => {
  it.each(lossCatalogue.map((loss) => [loss.name, loss] as const))("%s", (_, loss) => {
    const setting = settingOf(loss);
    const complaint = (option: string, value: unknown) => {
      // a unified focal loss limits its exponent further where it has a Tversky part
      const beside = option === "gamma" && loss.name.endsWith("UnifiedFocalLoss") ? { focalWeight: 1 } : {};
      const said = refusal(loss, setting, { ...beside, [option]: value });
      return said?.includes(`: ${option} must be `) ? said : undefined;
    };
    for (const { name, schema = {}, length, default: standing } of ranged(loss.options)) {
      const validate = ajv.compile(schema);
      const wrong = outside(schema);
      expect(wrong.length, name).toBeGreaterThan(2);
      for (const value of wrong) {
        expect(complaint(name, value), `${name}: ${String(value)}`).toBeDefined();
        // JSON Schema cannot refuse what JSON does not hold
        if (JSON.stringify(value)?.includes("null") === false) expect(validate(value), `${name}: ${value}`).toBe(false);
      }
      const allowed = inside(schema, length === "axes" ? setting.axes : setting.classes);
      // which reductions a loss has is known apart from what the word may be
      const taken = name === "reduction" ? allowed.filter((word) => loss.reductions.includes(word as "mean")) : allowed;
      for (const value of [...taken, ...(standing === undefined ? [] : [standing])]) {
        expect(complaint(name, value), `${name}: ${String(value)}`).toBeUndefined();
        expect(validate(value), `${name}: ${String(value)}`).toBe(true);
      }
    }
    for (const { name, length } of loss.options.filter((option) => option.length !== undefined)) {
      const schema = loss.options.find((option) => option.name === name)?.schema ?? {};
      const sides = length === "axes" ? setting.axes : setting.classes;
      for (const wrong of inside(schema, sides + 1).filter(Array.isArray)) expect(complaint(name, wrong)).toBeDefined();
    }
    for (const { name } of tensors(loss.options)) {
      for (const value of [1, "x", [1, 2]]) expect(complaint(name, value), name).toContain("must be a tensor");
    }
  });
});

describe("the record of a term takes the options of the loss that the catalogue names", () => {
  const terms = lossCatalogue.flatMap((loss) =>
    loss.options.filter(({ optionsOf }) => optionsOf).map((option) => ({ loss, option })),
  );

  it.each(terms.map(({ loss, option }) => [loss.name, option.name, loss, option] as const))("%s: %s", (...given) => {
    const [, , loss, { name, optionsOf }] = given;
    const said = refusal(loss, settingOf(loss), { [name]: { "no option": 1 } });
    const options = lossCatalogue.find((one) => one.name === optionsOf)?.options.map((option) => option.name);
    expect(said).toBe(
      `${loss.name}: ${optionsOf}: there is no option "no option"; the options are ${options?.sort().join(", ")}`,
    );
  });

  it("is looked at", () => {
    expect(terms.length).toBeGreaterThanOrEqual(14);
  });
});
