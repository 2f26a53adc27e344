import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** Writes a small workspace that lives as long as the test: paths to contents, JSON where the content is an object. */
export function tree(files: Readonly<Record<string, string | object>>): string {
  const root = mkdtempSync(join(tmpdir(), "lossary-checks-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const workspace = { "pnpm-workspace.yaml": "packages:\n  - packages/*\n  - tools/*\n" };
  for (const [path, content] of Object.entries({ ...workspace, ...files })) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  }
  return root;
}
