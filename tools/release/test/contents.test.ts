import { describe, expect, it } from "vitest";
import { type Contents, contentsProblems } from "../src/contents.ts";

const manifest = {
  name: "@lossary/losses-region",
  version: "0.1.0",
  exports: {
    ".": { "@lossary/source": "./src/index.ts", types: "./dist/index.d.ts", default: "./dist/index.js" },
    "./package.json": "./package.json",
  },
  dependencies: { "@lossary/core-reduce": "^0.1.0" },
  peerDependencies: { "@tensorflow/tfjs-core": "^4.10.0" },
};
const files = [
  ...["LICENSE", "README.md", "CHANGELOG.md", "package.json", "src/index.ts"],
  ...["dist/index.js", "dist/index.js.map", "dist/index.d.ts", "dist/index.d.ts.map"],
];
const problemsOf = (given: Partial<Contents>) => contentsProblems({ files, manifest, ...given });
const without = (name: string) => files.filter((file) => file !== name);

describe("a tarball", () => {
  it("is as it must be", () => {
    expect(problemsOf({})).toEqual([]);
  });

  it.each([
    ["LICENSE", "LICENSE is missing"],
    ["README.md", "README.md is missing"],
    ["dist/index.d.ts", "dist/index.d.ts is missing"],
    ["src/index.ts", "src/index.ts is missing"],
    ["dist/index.js.map", "dist/index.js has no map"],
  ])("is refused without %s", (name, problem) => {
    expect(problemsOf({ files: without(name) })).toEqual([`@lossary/losses-region 0.1.0: ${problem}`]);
  });

  it.each(["test/dice.test.ts", "dist/tsconfig.tsbuildinfo", ".env", "etc/losses-region.api.md"])(
    "is refused with %s",
    (name) => {
      expect(problemsOf({ files: [...files, name] })).toEqual([
        `@lossary/losses-region 0.1.0: ${name} has no business here`,
      ]);
    },
  );

  it("is refused with ranges of the workspace, and with peers of ours", () => {
    const given = (fields: object) => problemsOf({ manifest: { ...manifest, ...fields } });
    expect(given({ dependencies: { "@lossary/core-reduce": "workspace:^" } })).toEqual([
      "@lossary/losses-region 0.1.0: depends on @lossary/core-reduce workspace:^, which is no range",
    ]);
    expect(given({ peerDependencies: { "@lossary/core-reduce": "^0.1.0" } })).toEqual([
      "@lossary/losses-region 0.1.0: has the peer @lossary/core-reduce, whose minor releases would be major ones of this",
    ]);
  });
});
