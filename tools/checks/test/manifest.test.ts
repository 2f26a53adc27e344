import { describe, expect, it } from "vitest";
import { manifests } from "../src/manifest.ts";
import { house, manifestWith, sound } from "./house.ts";

const region = "packages/losses-region/package.json";

describe("manifests", () => {
  const exports = (sound[region] as { exports: Record<string, unknown> }).exports;

  it.each([
    ["another name", { name: "dice" }, 'name must be "@lossary/losses-region", is "dice"'],
    ["another licence", { license: "ISC" }, 'license must be "MIT", is "ISC"'],
    ["side effects", { sideEffects: true }, "sideEffects must be false, is true"],
    ["no description", { description: "" }, "has no description"],
    ["no keywords", { keywords: [] }, "has no keywords"],
    ["a private package", { private: true }, "must not be private"],
    ["a version that is none", { version: "next" }, 'version "next" is not a version'],
    ["no test script", { scripts: { build: "tsc" } }, 'has no script "test"'],
    ["no entry", { exports: { "./package.json": "./package.json" } }, 'exports lack "."'],
    ["a hidden manifest", { exports: { ".": exports["."] } }, 'exports lack "./package.json"'],
    [
      "conditions in another order",
      { exports: { ...exports, ".": { types: "./dist/index.d.ts", "@lossary/source": "./src/index.ts" } } },
      'exports "." must be source, types, default of one module',
    ],
    [
      "an entry without its source",
      {
        exports: {
          ...exports,
          "./array": { "@lossary/source": "./src/array.ts", types: "./dist/array.d.ts", default: "./dist/array.js" },
        },
      },
      'exports "./array" names src/array.ts, which is missing',
    ],
  ])("refuses %s", (_what, fields, problem) => {
    expect(manifests(house(manifestWith(region, fields)))).toEqual([
      expect.stringContaining(`packages/losses-region: ${problem}`),
    ]);
  });

  it("takes data that the build writes, and no other file", () => {
    const withData = (file: string) =>
      manifests(house(manifestWith(region, { exports: { ...exports, "./l.json": file } })));
    expect(withData("./dist/l.json")).toEqual([]);
    expect(withData("./src/l.json")).toEqual([expect.stringContaining('exports "./l.json" must be source, types')]);
  });

  it("misses a README", () => {
    const root = house({ "packages/losses-region/README.md": undefined });
    expect(manifests(root)).toEqual(["packages/losses-region: README.md is missing"]);
  });
});
