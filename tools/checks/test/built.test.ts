import { describe, expect, it } from "vitest";
import { builtPackages } from "../src/built.ts";
import { house } from "./house.ts";
import { tree } from "./tree.ts";

const built = {
  "packages/core-reduce/dist/index.d.ts": "",
  "packages/core-reduce/dist/index.js": "export const share = (part, whole) => part / whole;\n",
  "packages/losses-region/dist/index.d.ts": "",
  "packages/losses-region/dist/index.js":
    'import { share } from "@lossary/core-reduce";\nexport const diceLoss = () => share(1, 8);\n',
};

describe("built packages", () => {
  it("load and export what their sources export", () => {
    expect(builtPackages(house(built))).toEqual([]);
  });

  it("are missed", () => {
    const { "packages/losses-region/dist/index.d.ts": _, ...unbuilt } = built;
    expect(builtPackages(house(unbuilt))).toEqual([
      "@lossary/losses-region: packages/losses-region/dist/index.d.ts is missing; run the build",
    ]);
  });

  it.each([
    ["an import that is not there", 'import "./gone.js";\n', "Error [ERR_MODULE_NOT_FOUND]"],
    ["a TypeScript import left over", 'import "./dice.ts";\n', "Error [ERR_MODULE_NOT_FOUND]"],
    ["an export lost", "export {};\n", "exports ; its source diceLoss"],
  ])("are refused with %s", (_what, module, problem) => {
    expect(builtPackages(house({ ...built, "packages/losses-region/dist/index.js": module }))).toEqual([
      expect.stringContaining(`@lossary/losses-region: ${problem}`),
    ]);
  });

  it("must be there", () => {
    expect(builtPackages(tree({}))).toEqual(["looked at no built entry: this check proves nothing"]);
  });
});
