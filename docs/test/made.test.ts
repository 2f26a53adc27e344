import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { backends } from "../src/made/backends.ts";
import { changes } from "../src/made/changes.ts";
import { gallery } from "../src/made/gallery.ts";
import { makeParts } from "../src/made/made.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

describe("parts that are made", () => {
  it("are those that pages ask for", async () => {
    const made = await makeParts(["# A page\n\n<!-- made: one -->\n"], {
      one: async () => "1",
      two: async () => expect.fail("nobody asked"),
    });
    expect([...made]).toEqual([["one", "1"]]);
  });

  it("must be there", async () => {
    await expect(makeParts(["<!-- made: nothing -->"], {})).rejects.toThrow('there is no part "nothing"');
  });

  it("show each package with what waits for its release", async () => {
    const text = await changes(root);
    expect(text).toMatch(/^## @lossary\/losses-region$/m);
    expect(text).not.toContain("@lossary/docs");
  });

  it("show every loss with its page", async () => {
    expect(await gallery()).toContain('href="../functions/_lossary_losses-region.diceLoss.html"');
  });

  it("tell where each reduction is fused", async () => {
    const rows = (await backends()).split("\n");
    expect(rows.find((row) => row.startsWith("| `diceLoss` |"))).toBe(
      "| `diceLoss` | `OverlapSums` | fused | fused | fused |",
    );
    expect(rows.length).toBeGreaterThan(40);
  });
});
