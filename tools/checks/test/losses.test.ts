import { describe, expect, it } from "vitest";
import { lossFiles } from "../src/losses.ts";
import { house, sound } from "./house.ts";

const index = "packages/losses-region/src/index.ts";
const dice = "packages/losses-region/src/dice.ts";

describe("loss files", () => {
  it("miss the test of a loss", () => {
    const root = house({ "packages/losses-region/test/dice.test.ts": undefined });
    expect(lossFiles(root)).toEqual(["diceLoss: has no test file packages/losses-region/test/dice.test.ts"]);
  });

  it("miss the loss in its test", () => {
    const root = house({ "packages/losses-region/test/dice.test.ts": "" });
    expect(lossFiles(root)).toEqual(["diceLoss: does not occur in packages/losses-region/test/dice.test.ts"]);
  });

  it("refuse a loss in another file than its own", () => {
    const root = house({
      [index]: 'export { type DiceOptions, diceLoss } from "./losses.ts";\n',
      "packages/losses-region/src/losses.ts": sound[dice],
    });
    expect(lossFiles(root)).toEqual([expect.stringContaining("is declared in packages/losses-region/src/losses.ts")]);
  });

  it.each(["README.md", "packages/losses-region/README.md"])("miss its row in %s", (readme) => {
    expect(lossFiles(house({ [readme]: "`diceLoss` in a sentence is not a row\n" }))).toEqual([
      `diceLoss: has no row in a table of ${readme}`,
    ]);
  });
});
