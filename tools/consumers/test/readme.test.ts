import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { emptyFolder, install, run } from "../src/packed.ts";

const readme = readFileSync(fileURLToPath(new URL("../../../README.md", import.meta.url)), "utf8");
const blocks = (language: string) =>
  Array.from(
    readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm")),
    ([, code]) => code as string,
  );

/** What the README says to install; ours come from tarballs, with what they depend on. */
const told = /^npm install (.+)$/m.exec(blocks("bash")[0] ?? "")?.[1]?.split(" ") ?? [];
const isOurs = (name: string) => name.startsWith("@lossary/");
const stranger = emptyFolder();

beforeAll(
  () =>
    install(
      stranger.path,
      inject("packed"),
      told.filter((name) => !isOurs(name)),
      told.filter(isOurs),
    ),
  300_000,
);
afterAll(() => stranger.remove());

/** What a program of the README prints in the stranger's folder. */
function printed(name: string, code: string): string {
  writeFileSync(join(stranger.path, name), code);
  return run(stranger.path, "node", ["--no-warnings", name]);
}

it("names two packages and tfjs to install", () => {
  expect(told.filter(isOurs)).toHaveLength(2);
  expect(told.filter((name) => !isOurs(name))).toEqual(["@tensorflow/tfjs"]);
});

it("holds programs that run on what it says to install", () => {
  const programs = blocks("ts");
  expect(programs.length).toBeGreaterThanOrEqual(2);
  const output = programs.map((code, place) => printed(`program-${place}.ts`, code)).join("");
  // both losses of uniform predictions, 0.6814 + ln 3, and after 100 steps
  expect(output).toMatch(/1\.78\d*[\s\S]*0\.01\d*/);
});

it("trains, saves, loads and goes on", () => {
  const [program, ...others] = blocks("javascript");
  expect(others).toEqual([]);
  const output = printed("train.mjs", program as string);
  const [, first, last] = (/loss ([\d.]+) after the first epoch, ([\d.]+) after the last/.exec(output) ?? []).map(
    Number,
  );
  expect(first).toBeGreaterThan(0.7);
  expect(last).toBeLessThan(0.4);
  expect(Number(/Dice loss of the loaded model ([\d.]+)/.exec(output)?.[1])).toBeLessThan(0.25);
  for (const file of ["squares.json", "squares.bin"]) expect(existsSync(join(stranger.path, file))).toBe(true);
});
