import { readFileSync } from "node:fs";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { contentsOf, contentsProblems } from "@lossary/release/contents";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { describe, expect, inject, it } from "vitest";

const packed = inject("packed");

describe("every tarball", () => {
  it("is there", () => {
    expect(packed.map(({ name }) => name).sort()).toEqual([
      "@lossary/catalogue",
      "@lossary/core-reduce",
      "@lossary/distance-map",
      "@lossary/losses-boundary",
      "@lossary/losses-compound",
      "@lossary/losses-distribution",
      "@lossary/losses-region",
      "@lossary/metrics",
      "@lossary/test-kit",
    ]);
  });

  it("holds what was built, the sources of its maps, and nothing else", () => {
    expect(packed.flatMap(({ tarball }) => contentsProblems(contentsOf(tarball)))).toEqual([]);
  });

  it("has nothing that publint says, strictly", async () => {
    const said: string[] = [];
    for (const { name, tarball } of packed) {
      const data = readFileSync(tarball);
      const pack = { tarball: data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer };
      const { messages, pkg } = await publint({ strict: true, pack });
      said.push(...messages.map((message) => `${name}: ${formatMessage(message, pkg)}`));
    }
    expect(said).toEqual([]);
  });

  it("has types that are right wherever modules are", async () => {
    const problems: string[] = [];
    let looked = 0;
    for (const { name, tarball } of packed) {
      const result = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(tarball))));
      if (result.types === false) throw new Error(`${name} has no types`);
      looked += Object.keys(result.entrypoints).length;
      // modules alone: what CommonJS makes of them is what Node's require of modules makes of them, and node10 knows no exports
      const ours = result.problems.filter(
        (problem) =>
          problem.kind !== "CJSResolvesToESM" &&
          !("resolutionKind" in problem && problem.resolutionKind === "node10") &&
          !("entrypoint" in problem && problem.entrypoint.endsWith(".json")),
      );
      problems.push(...ours.map((problem) => `${name}: ${JSON.stringify(problem)}`));
    }
    expect(problems).toEqual([]);
    expect(looked).toBeGreaterThanOrEqual(8);
  });
});
