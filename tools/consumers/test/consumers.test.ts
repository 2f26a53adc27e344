import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { budgets } from "../src/budgets.ts";
import { bundled, gzipped } from "../src/bundle.ts";
import { emptyFolder, install, type Packed, packAll, run } from "../src/packed.ts";

const programs = fileURLToPath(new URL("../programs", import.meta.url));
const tarballs = emptyFolder();
const consumer = emptyFolder();
let packed: Packed[] = [];

beforeAll(() => {
  packed = packAll(tarballs.path);
  const tfjs = ["core", "layers", "backend-cpu"].map((name) => `@tensorflow/tfjs-${name}@4.22.0`);
  install(consumer.path, packed, [...tfjs, "typescript@~6.0.3"]);
  cpSync(programs, consumer.path, { recursive: true });
}, 300_000);
afterAll(() => {
  tarballs.remove();
  consumer.remove();
});

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
    ]);
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

describe("installed from tarballs", () => {
  it("is imported by Node", () => {
    expect(run(consumer.path, "node", ["esm.mjs"]).trim().split("\n")).toEqual([
      "boundaryLoss -0.2500",
      "crossEntropyLoss 0.5108",
      "diceCrossEntropyLoss 0.7908",
      "diceLoss 0.2800",
      "diceCoefficient 0.8000",
      "distances 0 1 1 0",
      "catalogue diceLoss 1 - \\frac",
    ]);
  });

  it("has the catalogue as a file of JSON, the same as in the module", () => {
    const file = join(consumer.path, "node_modules/@lossary/catalogue/dist/losses.json");
    const asModule = `import { lossCatalogue } from "@lossary/catalogue";
      import losses from "@lossary/catalogue/losses.json" with { type: "json" };
      console.log(JSON.stringify(lossCatalogue) === JSON.stringify(losses), losses.length);`;
    const count = (JSON.parse(readFileSync(file, "utf8")) as unknown[]).length;
    expect(count).toBeGreaterThanOrEqual(40);
    expect(run(consumer.path, "node", ["--input-type=module", "-e", asModule]).trim()).toBe(`true ${count}`);
  });

  it("is required by Node", () => {
    expect(run(consumer.path, "node", ["require.cjs"]).trim()).toBe("diceLoss 0.2800");
  });

  it.each([
    { module: "nodenext", moduleResolution: "nodenext" },
    { module: "esnext", moduleResolution: "bundler" },
  ])("is understood by TypeScript: $moduleResolution", (resolution) => {
    const compilerOptions = {
      ...resolution,
      target: "es2022",
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      lib: ["es2023", "dom"],
    };
    writeFileSync(join(consumer.path, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["typed.ts"] }));
    expect(run(consumer.path, "node", ["node_modules/typescript/bin/tsc", "-p", "tsconfig.json"])).toBe("");
  });

  it("denies what is not exported", () => {
    const deep = 'import("@lossary/losses-region/dist/dice.js").catch((error) => console.log(error.code))';
    expect(run(consumer.path, "node", ["--input-type=module", "-e", deep]).trim()).toBe(
      "ERR_PACKAGE_PATH_NOT_EXPORTED",
    );
  });

  const imports = Object.entries(budgets).flatMap(([from, names]) =>
    Object.entries(names).map(([name, budget]) => ({ from, name, budget })),
  );
  it.each(imports)("bundles $name of $from into at most $budget kB", async ({ from, name, budget }) => {
    const weight = gzipped(await bundled(consumer.path, name, from));
    expect(weight, `${name}: ${weight.toFixed(1)} kB`).toBeLessThanOrEqual(budget);
    expect(weight).toBeGreaterThan(1);
  });

  it("bundles one loss without the others", async () => {
    const text = await bundled(consumer.path, "diceLoss", "@lossary/losses-region");
    const all = packed
      .filter(({ name }) => name.includes("losses-"))
      .flatMap(({ folder }) => readFileSync(join(folder, "src/index.ts"), "utf8").match(/\b\w+Loss\b/g) ?? []);
    const others = [...new Set(all)].filter((name) => name !== "diceLoss");
    expect(others.length).toBeGreaterThan(35);
    expect(text).toContain("diceLoss");
    expect(others.filter((name) => text.includes(name))).toEqual([]);
  });
});
