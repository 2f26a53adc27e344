import { globSync, readFileSync } from "node:fs";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-layers";
import { grad, ready, setBackend, sin, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseLosses, libraryLosses, partnered } from "../src/losses.ts";

beforeAll(async () => {
  await setBackend("cpu");
  await ready();
});

it("calls every loss of the library on class indices and logits, with a gradient that can train", async () => {
  const library = await libraryLosses();
  expect(library.size).toBeGreaterThan(30);
  const labels = tensor(
    Array.from({ length: 128 }, (_, i) => (i % 64 < 20 ? 1 : i % 64 > 55 ? 2 : 0)),
    [2, 8, 8],
    "int32",
  );
  const logits = sin(
    tensor(
      Array.from({ length: 384 }, (_, i) => i * 1.7),
      [2, 8, 8, 3],
    ),
  );
  for (const [name, loss] of library) {
    const slopes = tidy(() => grad((x: Tensor) => loss(labels, x))(logits)).dataSync();
    const largest = Math.max(...slopes.map(Math.abs));
    expect(Number.isFinite(largest), name).toBe(true);
    expect(largest, name).toBeGreaterThan(1e-6);
  }
});

describe('"all"', () => {
  /** The names of losses in the lists that the packages export, read as text: another way than the demo's own. */
  const exported = globSync(new URL("../../../packages/losses-*/src/index.ts", import.meta.url).pathname).map((path) =>
    [...readFileSync(path, "utf8").matchAll(/\b[a-z]\w*Loss\b/g)].map(([name]) => name),
  );

  it("has every loss that the four loss packages export", async () => {
    expect(exported).toHaveLength(4);
    for (const names of exported) expect(names.length).toBeGreaterThan(5);
    const all = [...chooseLosses("all", await libraryLosses()).keys()];
    // the last term of a sum is the loss itself
    const named = all.map((name) => name.replace(/^.*\+/, "").replace(/^.*\*/, "")).sort();
    expect(named).toEqual(exported.flat().sort());
  });

  it("puts a region loss before each of the six that cannot be relied on to teach a network from scratch", async () => {
    const all = [...chooseLosses("all", await libraryLosses()).keys()];
    expect(all.filter((name) => name.includes("+")).sort()).toEqual(Object.values(partnered).sort());
    expect(Object.keys(partnered)).toHaveLength(6);
    for (const [name, sum] of Object.entries(partnered)) {
      expect(sum).toMatch(/^([\d.]+\*)?(diceLoss|diceCrossEntropyLoss|generalizedDiceLoss)\+[\d.]+\*\w+$/);
      expect(sum.endsWith(`*${name}`)).toBe(true);
    }
  });
});
