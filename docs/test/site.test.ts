import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { buildSite } from "../src/site.ts";

const conditions = (name: string) => ({
  "@lossary/source": `./src/${name}.ts`,
  types: `./dist/${name}.d.ts`,
  default: `./dist/${name}.js`,
});
const loss = `/**
 * A share of a whole, $p \\le 1$.
 *
 * \`\`\`math
 * \\frac{p}{w}
 * \`\`\`
 */
export function share(part: number, whole: number): number {
  return part / whole;
}
`;

const sound: Readonly<Record<string, string>> = {
  "README.md": "# Lossary\n\nSee [the plan](docs/plan.md) and [its end](docs/plan.md#the-end).\n",
  "tsconfig.json": '{ "compilerOptions": { "customConditions": ["@lossary/source"], "noEmit": true } }',
  "docs/plan.md": "# Plan\n\nOne half is $\\frac{1}{2}$.\n\n## The end\n",
  "packages/shares/package.json": JSON.stringify({
    name: "@lossary/shares",
    version: "1.2.3",
    exports: { ".": conditions("index"), "./array": conditions("array"), "./package.json": "./package.json" },
  }),
  "packages/shares/tsconfig.build.json": '{ "compilerOptions": { "strict": true, "types": [] }, "include": ["src"] }',
  "packages/shares/src/index.ts": loss,
  "packages/shares/src/array.ts": "/** Twice a number. */\nexport const twice = (x: number): number => 2 * x;\n",
};

async function build(changes: Readonly<Record<string, string>> = {}): Promise<{ problems: string[]; site: string }> {
  const root = mkdtempSync(join(tmpdir(), "lossary-docs-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries({ ...sound, ...changes })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  const site = join(root, "site");
  return { problems: await buildSite(root, site), site };
}

describe("the site", () => {
  it("shows every entry of every package and every page, with formulas as MathML", async () => {
    const { problems, site } = await build();
    expect(problems).toEqual([]);
    const page = (path: string) => readFileSync(join(site, path), "utf8");
    expect(page("functions/index.share.html")).toMatch(/<math display="block".*<mfrac><mi>p<\/mi><mi>w<\/mi><\/mfrac>/);
    expect(page("functions/index.share.html")).toMatch(/<math><semantics><mrow><mi>p<\/mi><mo[^>]*>≤<\/mo>/);
    expect(page("functions/array.twice.html")).toContain("Twice a number.");
    expect(page("guides/plan.html")).toContain("<mfrac><mn>1</mn><mn>2</mn></mfrac>");
    expect(page("assets/custom.css")).toContain("Temml.woff2");
  });

  it.each([
    [
      "an export without a comment",
      { "packages/shares/src/array.ts": "export const one = 1;\n" },
      "does not have any documentation",
    ],
    [
      "bad TeX in a comment",
      { "packages/shares/src/index.ts": loss.replace("\\frac{p}{w}", "\\frac{p") },
      'TeX "\\frac{p"',
    ],
    ["bad TeX in a page", { "docs/plan.md": "# Plan\n\n## The end\n\n$\\nosuch$\n" }, 'TeX "\\nosuch"'],
    [
      "a broken link in a comment",
      { "packages/shares/src/index.ts": loss.replace("A share", "A {@link nothing}") },
      '"nothing"',
    ],
    ["a page that is not there", { "docs/plan.md": "# Plan\n\n## The end\n\n[gone](gone.md)\n" }, "gone.md"],
    ["an anchor that is not there", { "docs/plan.md": "# Plan\n\n## Another end\n" }, "the-end"],
    [
      "sources that do not compile",
      { "packages/shares/src/array.ts": "/** One. */\nexport const one: string = 1;\n" },
      "not assignable",
    ],
    ["no package", { "packages/shares/package.json": "{}" }, "typedoc"],
  ])("is refused with %s", async (_what, changes, problem) => {
    const { problems } = await build(changes);
    expect(problems).toContainEqual(expect.stringContaining(problem));
  });
});
