import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { tree } from "./tree.ts";

const manifest = (name: string, dependencies: Record<string, string>) => ({
  name: `@lossary/${name}`,
  version: "0.1.0",
  description: "A package of the model house",
  keywords: ["segmentation"],
  license: "MIT",
  type: "module",
  sideEffects: false,
  engines: { node: ">=20" },
  files: ["dist", "src", "CHANGELOG.md"],
  exports: {
    ".": { "@lossary/source": "./src/index.ts", types: "./dist/index.d.ts", default: "./dist/index.js" },
    "./package.json": "./package.json",
  },
  publishConfig: { access: "public", provenance: true },
  scripts: { build: "tsc", test: "vitest run" },
  dependencies,
  peerDependencies: { "@tensorflow/tfjs-core": "^4.10.0" },
});

const dice = `import { share } from "@lossary/core-reduce";

/** The options of {@link diceLoss}. */
export interface DiceOptions {
  /**
   * What is added to both sides.
   * @defaultValue 1
   */
  smooth?: number;
}

/**
 * One minus Dice.
 *
 * \`\`\`math
 * 1 - \\frac{2I + s}{P + G + s}
 * \`\`\`
 *
 * Range [0, 1].
 *
 * Differs from: nothing known.
 *
 * @param overlap - I
 * @param total - P + G
 * @param options - see {@link DiceOptions}
 * @returns the loss
 *
 * @example
 * \`\`\`ts
 * import { diceLoss } from "@lossary/losses-region";
 *
 * console.log(diceLoss(3, 7)); // 0.125
 * \`\`\`
 *
 * @see [V-Net](https://arxiv.org/abs/1606.04797)
 */
export function diceLoss(overlap: number, total: number, { smooth = 1 }: DiceOptions = {}): number {
  return 1 - share(2 * overlap + smooth, total + smooth);
}
`;

const share = `/**
 * A part of a whole, $p / w$.
 *
 * @param part - p
 * @param whole - w
 * @returns the quotient
 *
 * @example
 * \`\`\`ts
 * import { share } from "@lossary/core-reduce";
 *
 * console.log(share(1, 4)); // 0.25
 * \`\`\`
 */
export function share(part: number, whole: number): number {
  return part / whole;
}
`;

/** The files of a small house that every check accepts. */
export const sound: Readonly<Record<string, string | object>> = {
  "README.md": "# House\n\n| loss | computes |\n| --- | --- |\n| `diceLoss` | one minus Dice |\n",
  "packages/core-reduce/package.json": manifest("core-reduce", {}),
  "packages/core-reduce/README.md": "# core-reduce\n",
  "packages/core-reduce/tsconfig.build.json": {},
  "packages/core-reduce/vitest.config.ts": "",
  "packages/core-reduce/src/index.ts": 'export { share } from "./share.ts";\n',
  "packages/core-reduce/src/share.ts": share,
  "packages/core-reduce/test/share.test.ts": "",
  "packages/losses-region/package.json": manifest("losses-region", { "@lossary/core-reduce": "workspace:^" }),
  "packages/losses-region/README.md": "# losses-region\n\n| loss |\n| --- |\n| [`diceLoss`](src/dice.ts) |\n",
  "packages/losses-region/tsconfig.build.json": {},
  "packages/losses-region/vitest.config.ts": "",
  "packages/losses-region/src/index.ts": 'export { type DiceOptions, diceLoss } from "./dice.ts";\n',
  "packages/losses-region/src/dice.ts": dice,
  "packages/losses-region/test/dice.test.ts": 'import { diceLoss } from "../src/index.ts";\n',
};

/** The sound house with some files changed; `undefined` takes a file away. */
export function house(changes: Readonly<Record<string, string | object | undefined>> = {}): string {
  const files = Object.entries({ ...sound, ...changes }).filter(([, content]) => content !== undefined);
  const root = tree(Object.fromEntries(files) as Record<string, string | object>);
  mkdirSync(join(root, "node_modules/@lossary"), { recursive: true });
  symlinkSync(join(root, "packages/core-reduce"), join(root, "node_modules/@lossary/core-reduce"), "dir");
  return root;
}

/** A text file of the sound house with one piece of its text changed. */
export function edited(path: string, from: string, to: string): Record<string, string> {
  const text = sound[path];
  if (typeof text !== "string" || !text.includes(from))
    throw new Error(`${path} does not hold ${JSON.stringify(from)}`);
  return { [path]: text.replace(from, to) };
}

/** A package.json of the sound house with some fields changed. */
export function manifestWith(path: string, fields: object): Record<string, object> {
  return { [path]: { ...(sound[path] as object), ...fields } };
}

/** The model house as a git repository, for the check that reads what git tracks. */
export function repository(changes: Record<string, string> = {}): string {
  const root = house(changes);
  execFileSync("git", ["init", "--quiet"], { cwd: root });
  execFileSync("git", ["add", "--all"], { cwd: root });
  return root;
}
