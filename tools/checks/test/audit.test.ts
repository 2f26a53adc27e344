import { describe, expect, it } from "vitest";
import { advisoriesAgainst, licenceProblems, ownDependencies, runtimeClosure } from "../src/audit.ts";
import { tree } from "./tree.ts";

const lockfile = (others = "") =>
  tree({
    "pnpm-lock.yaml": `lockfileVersion: '9.0'
importers:
  packages/core-reduce:
    devDependencies:
      '@tensorflow/tfjs-core':
        specifier: 'catalog:'
        version: 4.22.0
      vitest:
        specifier: 'catalog:'
        version: 5.1.1(@types/node@24.19.2)
  packages/losses-region:
    dependencies:
      '@lossary/core-reduce':
        specifier: workspace:^
        version: link:../core-reduce
${others}  tools/checks:
    dependencies:
      yaml:
        specifier: ^2.9.0
        version: 2.9.1
snapshots:
  '@tensorflow/tfjs-core@4.22.0':
    dependencies:
      long: 4.0.0
      node-fetch: 2.6.13(encoding@0.1.13)
  long@4.0.0: {}
  node-fetch@2.6.13(encoding@0.1.13):
    dependencies:
      long: 4.0.0
`,
  });

describe("what comes with the packages", () => {
  it("is nothing but each other", () => {
    expect(ownDependencies(lockfile())).toEqual([]);
    const lodash = "      lodash:\n        specifier: ^4.0.0\n        version: 4.17.21\n";
    expect(ownDependencies(lockfile(lodash))).toEqual([
      "packages/losses-region brings lodash 4.17.21 along; packages bring nothing but each other",
    ]);
    expect(ownDependencies(tree({ "pnpm-lock.yaml": "importers: {}\n" }))).toEqual([
      "looked at no published package: this check proves nothing",
    ]);
  });

  it("is, with their peer, the closure of tfjs-core", () => {
    expect(runtimeClosure(lockfile())).toEqual(["@tensorflow/tfjs-core@4.22.0", "long@4.0.0", "node-fetch@2.6.13"]);
  });
});

describe("advisories", () => {
  const advisory = (module_name: string, version: string) => ({
    advisories: {
      1: {
        module_name,
        severity: "high",
        title: "It leaks",
        url: "https://github.com/advisories/1",
        findings: [{ version }],
      },
    },
  });

  it("count against what runs at users, not against tools", () => {
    const closure = runtimeClosure(lockfile());
    const against = (name: string, version: string) =>
      advisoriesAgainst(closure, JSON.stringify(advisory(name, version)));
    expect(against("node-fetch", "2.6.13")).toEqual([
      "node-fetch@2.6.13: high: It leaks, https://github.com/advisories/1",
    ]);
    expect(against("node-fetch", "2.6.0")).toEqual([]);
    expect(against("yaml", "2.9.1")).toEqual([]);
  });

  it("are unknown where the registry gives none, which is no vulnerability", () => {
    expect(advisoriesAgainst([], "")).toBeUndefined();
    expect(advisoriesAgainst([], "Error: ERR_PNPM_AUDIT_BAD_RESPONSE")).toBeUndefined();
    expect(advisoriesAgainst([], '{"error":{"code":"ERR_PNPM_AUDIT_BAD_RESPONSE"}}')).toBeUndefined();
  });
});

describe("licences of tools", () => {
  it("are counted, and unusual ones are named", () => {
    const listed = {
      MIT: [{ name: "a" }, { name: "b" }],
      "(MIT OR Apache-2.0)": [{ name: "c" }],
      "SSPL-1.0": [{ name: "d" }],
      Unknown: [{ name: "e" }],
    };
    expect(licenceProblems(JSON.stringify(listed))).toEqual({
      counts: "MIT 2, (MIT OR Apache-2.0) 1, SSPL-1.0 1, Unknown 1",
      problems: ["d has the licence SSPL-1.0", "e has the licence Unknown"],
    });
  });
});
