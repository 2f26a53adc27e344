import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { checks } from "../src/checks.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

describe("in this repository", () => {
  it.each(Object.entries(checks))("%s", async (_fact, check) => {
    expect(await check(root)).toEqual([]);
  });
});
