import { describe, expect, it } from "vitest";
import { dependencies, imports } from "../src/arrows.ts";
import { edited, house, manifestWith, sound } from "./house.ts";

const region = "packages/losses-region/package.json";
const dice = "packages/losses-region/src/dice.ts";
const share = "packages/core-reduce/src/share.ts";

describe("dependencies", () => {
  it.each([
    ["a foreign dependency", { dependencies: { lodash: "^4.0.0" } }, "depends on lodash; only own packages may be"],
    [
      "an arrow backwards",
      { dependencies: { "@lossary/losses-compound": "workspace:^" } },
      "must not depend on @lossary/losses-compound",
    ],
    [
      "a pinned own package",
      { dependencies: { "@lossary/core-reduce": "^0.1.0" } },
      'needs @lossary/core-reduce as "workspace:^"',
    ],
    ["no peer", { peerDependencies: {} }, "must have the peers [@tensorflow/tfjs-core], has []"],
    [
      "an own peer",
      { peerDependencies: { "@tensorflow/tfjs-core": "^4.10.0", "@lossary/core-reduce": "workspace:^" } },
      "must have the peers [@tensorflow/tfjs-core], has [@tensorflow/tfjs-core, @lossary/core-reduce]",
    ],
    [
      "optional dependencies",
      { optionalDependencies: { "@tensorflow/tfjs-node": "^4.0.0" } },
      "must not have optionalDependencies",
    ],
  ])("refuse %s", (_what, fields, problem) => {
    expect(dependencies(house(manifestWith(region, fields)))).toEqual([
      expect.stringContaining(`packages/losses-region: ${problem}`),
    ]);
  });

  it("refuse a peer of the catalogue, which is data", () => {
    const catalogue = { ...(sound[region] as object), name: "@lossary/catalogue", dependencies: {} };
    const problem = "packages/catalogue: must have the peers [], has [@tensorflow/tfjs-core]";
    expect(dependencies(house({ "packages/catalogue/package.json": catalogue }))).toEqual([problem]);
  });

  it("refuse a package without a place", () => {
    const root = house({ "packages/utils/package.json": { name: "@lossary/utils" } });
    expect(dependencies(root)).toEqual(["packages/utils: has no place among the arrows"]);
  });
});

describe("imports", () => {
  it.each([
    [
      "what is not declared",
      'import { add } from "mathjs";',
      "imports mathjs, which packages/core-reduce/package.json does not declare",
    ],
    ["what is loaded later and not declared", 'export const load = () => import("mathjs");', "imports mathjs, which"],
    ["a module of Node", 'import { readFileSync } from "node:fs";', "imports node:fs, which"],
    [
      "a neighbour's file",
      'import { diceLoss } from "../../losses-region/src/dice.ts";',
      "leaves the sources of the package",
    ],
    ["a file without its ending", 'import { one } from "./one";', '"./one" must name the file'],
    [
      "the inside of tfjs",
      'import { add } from "@tensorflow/tfjs-core/dist/ops/add";',
      "reaches into @tensorflow/tfjs-core",
    ],
  ])("refuse %s", (_what, line, problem) => {
    expect(imports(house({ [share]: `${line}\n${sound[share]}` }))).toEqual([expect.stringContaining(problem)]);
  });

  it("find a dependency that nothing imports", () => {
    const root = house(edited(dice, 'import { share } from "@lossary/core-reduce";', "declare const share: Function;"));
    expect(imports(root)).toEqual(["packages/losses-region: depends on @lossary/core-reduce and never imports it"]);
  });
});
