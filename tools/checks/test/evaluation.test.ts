import { describe, expect, it } from "vitest";
import { evaluatesNothing } from "../src/evaluation.ts";
import { tree } from "./tree.ts";

const module = "packages/core-reduce/dist/index.js";

describe("code made of text", () => {
  it.each([
    'eval("1");',
    'globalThis.eval("1");',
    'const compile = new Function("x", "return x");',
    'const indirect = (0, eval)("1");',
    'setTimeout("tick()", 10);',
  ])("is found: %s", (line) => {
    expect(evaluatesNothing(tree({ [module]: `export {};\n${line}\n` }))).toEqual([`${module}:2: makes code of text`]);
  });

  it.each([
    '// eval("1")\nexport const word = "eval";',
    "export const evaluate = (x) => x.eval;",
    "setTimeout(() => 1, 10);",
  ])("is not found in %j", (text) => {
    expect(evaluatesNothing(tree({ [module]: text }))).toEqual([]);
  });

  it("is looked for in what is built", () => {
    expect(evaluatesNothing(tree({}))).toEqual(["looked at no built module: this check proves nothing"]);
  });
});
