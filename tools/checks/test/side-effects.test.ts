import { describe, expect, it } from "vitest";
import { sideEffects } from "../src/side-effects.ts";
import { house } from "./house.ts";

const share = "packages/core-reduce/src/share.ts";

describe("side effects", () => {
  it.each([
    ["an import for its effects", 'import "@tensorflow/tfjs-core";', "imports a module for its effects"],
    ["an import of a worker's script", 'import { answer } from "./pool-worker.ts";', "imports a worker's script"],
    ["a call", 'registerKernel({ kernelName: "Dice" });', "runs when the module loads"],
    ["a computed constant", "const half = Math.exp(-1);", "computed when the module loads"],
    ["a computed part of a constant", "const table = { half: [Math.exp(-1)] };", "computed when the module loads"],
    ["a condition", "if (globalThis.navigator) {}", "runs when the module loads"],
    ["a static field", "class Registry { static all = load(); }", "computed when the module loads"],
  ])("refuse %s", (_what, line, problem) => {
    expect(sideEffects(house({ [share]: `${line}\n` }))).toEqual([`${share}:1: ${problem}`]);
  });

  it.each([
    "const two = -(1 + 1) * 2 ** 24;",
    "const names = ['mean', 'sum'] as const;",
    "const seen = new WeakMap<object, number>();",
    "const act = { softmax: (x: number) => Math.exp(x), none };",
    "/* @__NO_SIDE_EFFECTS__ */\nfunction flag(value: boolean) {}\nconst rules = { ...others, fused: flag(true) };",
  ])("allow %j", (line) => {
    expect(sideEffects(house({ [share]: `${line}\n` }))).toEqual([]);
  });

  it("let a worker's script run when it loads", () => {
    const worker = "packages/core-reduce/src/sum-worker.ts";
    expect(sideEffects(house({ [worker]: "onmessage = () => postMessage(1);\n" }))).toEqual([]);
  });
});
