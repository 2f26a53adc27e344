import { describe, expect, it } from "vitest";
import { documentedExports, documentedLosses } from "../src/documentation.ts";
import { edited, house } from "./house.ts";

const dice = "packages/losses-region/src/dice.ts";
const share = "packages/core-reduce/src/share.ts";

describe("documentation", () => {
  it("misses the comment of an export", () => {
    const root = house(edited(share, "/** A part of a whole. */\n", ""));
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
});
