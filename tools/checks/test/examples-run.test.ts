import { describe, expect, it } from "vitest";
import { examplesRun } from "../src/examples-run.ts";
import { edited, house } from "./house.ts";

const dice = "packages/losses-region/src/dice.ts";

describe("examples", () => {
  it("must print what they promise", () => {
    expect(examplesRun(house(edited(dice, "// 0.125", "// 0.25")))).toEqual([
      `${dice}:30: promises to print "0.25", printed ["0.125"]`,
    ]);
  });

  it("must type check", () => {
    expect(examplesRun(house(edited(dice, "diceLoss(3, 7)); // 0.125", 'diceLoss("3" as string, 7));')))).toEqual([
      `${dice}:32: Argument of type 'string' is not assignable to parameter of type 'number'.`,
    ]);
  });

  it("must not throw, on a page either", () => {
    const page = "# Page\n\n```ts\nconst empty: number[] = [];\nempty.length = -1;\n```\n";
    expect(examplesRun(house({ "docs/page.md": page }))).toEqual(["docs/page.md:4: RangeError: Invalid array length"]);
  });

  it("must import what they use", () => {
    const root = house(edited(dice, ' * import { diceLoss } from "@lossary/losses-region";\n', ""));
    expect(examplesRun(root)).toContainEqual(expect.stringContaining("diceLoss is not defined"));
  });
});
