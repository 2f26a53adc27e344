import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { run } from "../src/packed.ts";

const consumer = inject("consumer");

describe("installed from tarballs", () => {
  it("is imported by Node", () => {
    expect(run(consumer, "node", ["esm.mjs"]).trim().split("\n")).toEqual([
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
    const file = join(consumer, "node_modules/@lossary/catalogue/dist/losses.json");
    const asModule = `import { lossCatalogue } from "@lossary/catalogue";
      import losses from "@lossary/catalogue/losses.json" with { type: "json" };
      console.log(JSON.stringify(lossCatalogue) === JSON.stringify(losses), losses.length);`;
    const count = (JSON.parse(readFileSync(file, "utf8")) as unknown[]).length;
    expect(count).toBeGreaterThanOrEqual(40);
    expect(run(consumer, "node", ["--input-type=module", "-e", asModule]).trim()).toBe(`true ${count}`);
  });

  it("is required by Node", () => {
    expect(run(consumer, "node", ["require.cjs"]).trim()).toBe("diceLoss 0.2800");
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
    writeFileSync(join(consumer, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["typed.ts"] }));
    expect(run(consumer, "node", ["node_modules/typescript/bin/tsc", "-p", "tsconfig.json"])).toBe("");
  });

  it("denies what is not exported", () => {
    const deep = 'import("@lossary/losses-region/dist/dice.js").catch((error) => console.log(error.code))';
    expect(run(consumer, "node", ["--input-type=module", "-e", deep]).trim()).toBe("ERR_PACKAGE_PATH_NOT_EXPORTED");
  });
});
