import { describe, expect, it } from "vitest";
import { bumpProblems } from "../src/bumps.ts";

const at = (version: string, peer = "^4.10.0") => [
  {
    folder: "packages/losses-region",
    manifest: {
      name: "@lossary/losses-region",
      version,
      exports: {},
      peerDependencies: { "@tensorflow/tfjs-core": peer },
    },
  },
];
const problemsOf = (version: string, changelog: string, peer?: string) =>
  bumpProblems(at("0.0.0"), at(version, peer), () => changelog);

describe("versions of a release", () => {
  it("are fine where the changelog speaks of them, or nothing happened", () => {
    expect(problemsOf("0.1.0", "## 0.1.0\n\n### Minor Changes\n")).toEqual([]);
    expect(problemsOf("0.0.0", "")).toEqual([]);
    expect(problemsOf("1.0.0", "## 1.0.0\n\n### Major Changes\n")).toEqual([]);
  });

  it("are refused where a major is the echo of another release, a changelog says nothing, or peers have changed", () => {
    expect(problemsOf("1.0.0", "## 1.0.0\n\n### Patch Changes\n")).toEqual([
      "@lossary/losses-region: 0.0.0 became 1.0.0 without a major change",
    ]);
    expect(problemsOf("0.1.0", "## 0.0.9\n")).toEqual([
      "@lossary/losses-region: its changelog does not speak of 0.1.0",
    ]);
    expect(problemsOf("0.1.0", "## 0.1.0\n", "^4.22.0")).toEqual(["@lossary/losses-region: its peers have changed"]);
  });
});
