import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { compileModule, generatedFile } from "../scripts/compile-module.ts";
import { moduleBytes } from "../src/fused/module.generated.ts";
import { instantiate } from "../src/fused/simd-module.ts";

describe("the WebAssembly module", () => {
  it("is what assembly/ compiles to", async () => {
    expect((await readFile(generatedFile, "utf8")) === (await compileModule())).toBe(true);
  });
  it("takes less than 64 kB, imports nothing and has no memory but its own, below 1 MB, that cannot grow", () => {
    expect(moduleBytes.length / 2).toBeLessThan(65536);
    const bytes = Buffer.from(moduleBytes, "hex");
    expect(WebAssembly.Module.imports(new WebAssembly.Module(bytes))).toEqual([]);
    const { memory } = instantiate();
    expect(memory.buffer.byteLength).toBeLessThan(2 ** 20);
    expect(() => memory.grow(1)).toThrow(RangeError);
  });
});
