import { describe, expect, it } from "vitest";
import { fileLengths, indexLists } from "../src/files.ts";
import { house } from "./house.ts";

const index = "packages/losses-region/src/index.ts";
const share = "packages/core-reduce/src/share.ts";

describe("file lengths", () => {
  it("allow 200 lines and refuse 201", () => {
    expect(fileLengths(house({ [share]: "//\n".repeat(200) }))).toEqual([]);
    expect(fileLengths(house({ [share]: "//\n".repeat(201) }))).toEqual([
      `${share}: 201 lines, at most 200 are allowed`,
    ]);
  });
});

describe("index lists", () => {
  it.each([
    ["code", "export const one = 1;\n", "an index holds only `export { ... } from`"],
    ["a star", 'export * from "./dice.ts";\n', "name what is exported, not *"],
    ["names out of order", 'export { iouLoss, diceLoss } from "./dice.ts";\n', "diceLoss stands after iouLoss"],
    [
      "modules out of order",
      'export { a } from "./iou.ts";\nexport { b } from "./dice.ts";\n',
      "./dice.ts stands after ./iou.ts",
    ],
    ["a default", 'export { diceLoss as default } from "./dice.ts";\n', "a default export"],
    ["nothing", "", "exports nothing"],
  ])("refuse %s", (_what, text, problem) => {
    expect(indexLists(house({ [index]: text }))).toEqual([expect.stringContaining(problem)]);
  });

  it("sort as the formatter does", () => {
    const names = "export { LOSS, type Loss, loss2, loss10, oneOf } from ";
    expect(indexLists(house({ [index]: `${names}"./iou.ts";\n${names}"./iou-x.ts";\n` }))).toEqual([]);
  });

  it.each(["export default function () {}\n", "const one = 1;\nexport default one;\n"])(
    "refuse %j in any file",
    (text) => {
      expect(indexLists(house({ [share]: text }))).toEqual([expect.stringContaining("a default export")]);
    },
  );
});
