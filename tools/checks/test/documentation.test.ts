import { describe, expect, it } from "vitest";
import { documentedExports, documentedLosses } from "../src/documentation.ts";
import { documentedFunctions } from "../src/function-pages.ts";
import { edited, house } from "./house.ts";

const dice = "packages/losses-region/src/dice.ts";
const share = "packages/core-reduce/src/share.ts";

describe("documentation", () => {
  it("misses the comment of an export", () => {
    const root = house(edited(share, "A part of a whole, $p / w$.", ""));
    expect(documentedExports(root)).toEqual([`${share}: share: has no doc comment`]);
  });

  it("misses the comment of an option", () => {
    const root = house(edited(dice, "   * What is added to both sides.\n", ""));
    expect(documentedExports(root)).toEqual([`${dice}: DiceOptions.smooth: has no doc comment`]);
  });

  it("misses the default of an option", () => {
    const root = house(edited(dice, "   * @defaultValue 1\n", ""));
    expect(documentedExports(root)).toEqual([`${dice}: DiceOptions.smooth: has no @defaultValue`]);
  });

  it.each([
    ["formula", "```math", "```text", "a formula in a ```math fence"],
    ["range", "Range [0, 1]", "From 0 to 1", "a paragraph that begins with Range"],
    ["differences", "Differs from: nothing", "Like all", "a paragraph that begins with Differs from:"],
    ["example", "@example", "@remarks", "an @example with a ```ts block"],
    ["paper", "https://arxiv.org/abs/1606.04797", "Milletari", "@see with a link to the paper"],
  ])("misses the %s of a loss", (_what, from, to, part) => {
    expect(documentedLosses(house(edited(dice, from, to)))).toEqual([`${dice}: diceLoss: lacks ${part}`]);
  });

  it.each([
    ["example", "@example", "@remarks", "lacks an @example with a ```ts block"],
    ["arguments", " * @param whole - w\n", "", "describes 1 of 2 arguments with @param"],
    ["argument's name", "@param whole", "@param part", "lacks @param whole"],
    ["result", "@returns", "@remarks", "lacks @returns"],
    ["formula", "$p / w$", "p / w", "returns numbers and lacks a formula, in a ```math fence or between dollars"],
  ])("misses the %s of a function", (_what, from, to, part) => {
    expect(documentedFunctions(house(edited(share, from, to)))).toContain(`${share}: share: ${part}`);
  });

  it("misses the comment of a member", () => {
    const index = { "packages/core-reduce/src/index.ts": 'export { type Part, share } from "./share.ts";\n' };
    const changed = edited(
      share,
      "/**\n * A part",
      "/** A part. */\nexport interface Part {\n  size: number;\n}\n\n/**\n * A part",
    );
    expect(documentedExports(house({ ...index, ...changed }))).toEqual([`${share}: Part.size: has no doc comment`]);
  });

  it("wants a formula of a tensor, of a promise of one and of a record of tensors, and of nothing else", () => {
    const declared = (result: string) =>
      edited(
        share,
        "whole: number): number {\n  return part / whole;",
        `whole: number): ${result} {\n  return undefined as never;`,
      );
    const tensors = "interface Tensor {\n  id: number;\n}\nexport interface Sums {\n  /** T. */\n  t: Tensor;\n}\n";
    const lacks = (result: string) => {
      const [file, text] = Object.entries(declared(result))[0] as [string, string];
      return documentedFunctions(house({ [file]: tensors + text.replace("$p / w$", "") })).length > 0;
    };
    const numeric = ["Tensor", "Promise<Tensor>", "Sums", "number[]", "Float32Array", "Sums | undefined"];
    expect(numeric.filter((result) => !lacks(result))).toEqual([]);
    expect(["string", "boolean", "(() => Tensor)", "{ count: number }", "void"].filter(lacks)).toEqual([]);
  });
});
