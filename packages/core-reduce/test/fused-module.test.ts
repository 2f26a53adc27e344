import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { compileModule, constantBytes, generatedFile, type ModuleName, modules } from "../scripts/compile-module.ts";
import { bytesOf, textOf } from "../src/fused/module-text.ts";
import { crossEntropyModule } from "../src/fused/modules/cross-entropy.generated.ts";
import { distributionsModule } from "../src/fused/modules/distributions.generated.ts";
import { errorsModule } from "../src/fused/modules/errors.generated.ts";
import { overlapModule } from "../src/fused/modules/overlap.generated.ts";
import { overlapErrorsModule } from "../src/fused/modules/overlap-errors.generated.ts";
import { overlapFieldModule } from "../src/fused/modules/overlap-field.generated.ts";
import { overlapRegionsModule } from "../src/fused/modules/overlap-regions.generated.ts";
import { plainModule } from "../src/fused/modules/plain.generated.ts";
import { selectionModule } from "../src/fused/modules/selection.generated.ts";
import { windowsModule } from "../src/fused/modules/windows.generated.ts";
import { bufferEnd, instantiate, simdMemory } from "../src/fused/simd-module.ts";

const made = {
  plain: plainModule,
  "overlap-errors": overlapErrorsModule,
  "overlap-regions": overlapRegionsModule,
  distributions: distributionsModule,
  overlap: overlapModule,
  errors: errorsModule,
  "cross-entropy": crossEntropyModule,
  "overlap-field": overlapFieldModule,
  selection: selectionModule,
  windows: windowsModule,
};
const names = Object.keys(modules) as ModuleName[];
const withConstants: readonly ModuleName[] = names.filter((name) => name !== "selection" && name !== "windows");

/** A module with nothing but its constants in its memory, and those. */
function fresh(name: ModuleName) {
  const memory = new WebAssembly.Memory({ initial: 9, maximum: 9 });
  const module = new WebAssembly.Module(bytesOf(made[name].text));
  new WebAssembly.Instance(module, { env: { memory } });
  const written = Array.from(new Uint8Array(memory.buffer).entries()).filter(([, byte]) => byte !== 0);
  return { module, places: written.map(([place]) => place) };
}

describe.each(names)("the WebAssembly module %s", (name) => {
  it("is what assembly/ compiles to", async () => {
    expect((await readFile(generatedFile(name), "utf8")) === (await compileModule(name))).toBe(true);
  });
  it("takes less than 40 kB and imports its memory alone", () => {
    expect(bytesOf(made[name].text).length).toBeLessThan(40000);
    const { module } = fresh(name);
    expect(WebAssembly.Module.imports(module)).toEqual([{ module: "env", name: "memory", kind: "memory" }]);
  });
  it("has its constants where no other module has any", () => {
    const { places } = fresh(name);
    if (!withConstants.includes(name)) return void expect(places).toEqual([]);
    expect(places.length).toBeGreaterThan(20);
    expect(Math.min(...places)).toBeGreaterThanOrEqual(modules[name]);
    expect(Math.max(...places)).toBeLessThan(modules[name] + constantBytes);
  });
});

describe("the text of a module", () => {
  it("gives every byte back", () => {
    const bytes = Uint8Array.from({ length: 1024 }, (_, i) => (i * 7) % 256);
    expect([...bytesOf(textOf(bytes))]).toEqual([...bytes]);
    expect(bytesOf(textOf([0, 32, 253]))).toEqual(Uint8Array.of(0, 32, 253));
    expect(textOf([0, 32, 253])).toHaveLength(3);
  });
});

describe("the memory of all modules", () => {
  it("is below 1 MB and cannot grow", () => {
    expect(simdMemory().buffer.byteLength).toBeLessThan(2 ** 20);
    expect(() => simdMemory().grow(1)).toThrow(RangeError);
  });
  it("has room for the constants of each module, and then for the same buffers", () => {
    const [first, end] = [1024, simdMemory().buffer.byteLength];
    const starts = withConstants.map((name) => modules[name]).sort((a, b) => a - b);
    for (const [index, start] of starts.entries()) {
      // those that begin behind the buffers have the rest of the memory
      const next = starts[index + 1] ?? end;
      if (start < first) expect(start + constantBytes).toBeLessThanOrEqual(first);
      else expect(start).toBeGreaterThanOrEqual(bufferEnd);
      expect(next - start).toBeGreaterThanOrEqual(constantBytes);
    }
    const places = names.map((name) => {
      const { predictionsAt, termSumsAt } = instantiate(made[name]);
      return [predictionsAt.value, termSumsAt.value];
    });
    expect(places[0]?.[0]).toBe(1024);
    expect(places).toEqual(names.map(() => places[0]));
  });
});
