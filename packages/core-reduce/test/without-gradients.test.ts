import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const program = fileURLToPath(new URL("./without-gradients/program.ts", import.meta.url));
const given = ["--conditions=@lossary/source", "--no-warnings", program];
const printed = execFileSync(process.execPath, given, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
const told = JSON.parse(printed.trim().split("\n").at(-1) ?? "") as Record<string, unknown>;

it("runs in a program that has no gradients registered", () => {
  expect(told.hasGradients).toBe(false);
});

it("computes values with tfjs-core alone", () => {
  expect(told.intersection).toEqual([0.75]);
});

it("says what to import as soon as somebody differentiates", () => {
  expect(told.said).toMatch(
    /^overlap: training needs the gradients of tfjs, .*import "@tensorflow\/tfjs" or "@tensorflow\/tfjs-layers"/,
  );
});
