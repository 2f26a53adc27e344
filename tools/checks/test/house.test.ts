import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { checks } from "../src/checks.ts";
import { repository } from "./house.ts";
import { tree } from "./tree.ts";

describe("the sound house", () => {
  it.each(Object.entries(checks))("%s", async (_fact, check) => {
    expect(await check(repository())).toEqual([]);
  });
});

describe("an empty house", () => {
  it.each(Object.entries(checks))("proves nothing about: %s", async (_fact, check) => {
    const root = tree({});
    execFileSync("git", ["init", "--quiet"], { cwd: root });
    expect(await check(root)).toContainEqual(expect.stringContaining("this check proves nothing"));
  });
});
