import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { librarySources } from "./source.ts";

/** A block of TypeScript that somebody will copy. */
export interface Example {
  /** Relative to the root. */
  readonly file: string;
  /** The line of the file on which the code begins. */
  readonly line: number;
  readonly code: string;
}

/** Every ```ts block of every doc comment in the published sources. */
export function commentExamples(root: string): Example[] {
  return librarySources(root).flatMap(({ file, tree }) => {
    const comments = new Map<number, string>();
    const visit = (node: ts.Node): void => {
      for (const comment of ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc))
        comments.set(comment.pos, comment.getText());
      ts.forEachChild(node, visit);
    };
    visit(tree);
    return [...comments].flatMap(([position, text]) => {
      const first = tree.getLineAndCharacterOfPosition(position).line + 1;
      const bare = text.replace(/^[ \t]*\*(?: |$)/gm, "");
      return blocks(bare).map(({ line, code }) => ({ file, line: first + line - 1, code }));
    });
  });
}

/** Every ```ts block of every README and of the pages under `docs`. */
export function pageExamples(root: string): Example[] {
  const pages = globSync(["*.md", "{packages,examples}/*/README.md", "docs/**/*.md"], {
    cwd: root,
    exclude: (name) => ["node_modules", "dist"].includes(name),
  });
  return pages
    .sort()
    .flatMap((file) => blocks(readFileSync(join(root, file), "utf8")).map((block) => ({ file, ...block })));
}

/** The code as it runs: a call that stands alone before a comment with its value, `f(x); // 1 2`, prints that value. */
export function printing(code: string): string {
  return code.replace(/^((?!console\b)[\w.]+\(.*\)(?<!\.print\(\)));( \/\/ -?\d.*)$/gm, "console.log($1);$2");
}

/** What code says that it prints: the comments behind its `console.log(...)` and `.print()` lines. */
export function promisedOutput(code: string): string[] {
  const prints = /^\s*(?:console\.log\(.*\)|.*\.print\(\));?\s*\/\/ (.+)$/gm;
  return [...code.matchAll(prints)].map(([, promised]) => (promised as string).trim());
}

/**
 * Whether something printed is what was promised: the same text, or the same numbers to as many decimals as the promise has.
 * A promise of numbers ends where the list of numbers ends: `3, not 6` promises 3.
 */
export function keeps(promised: string, printed: string): boolean {
  const list = /^-?\d[\d.e+-]*(?:,? -?\d[\d.e+-]*)*/.exec(promised)?.[0].split(/,? /);
  if (list === undefined) return printed.trim() === promised;
  const numbers = printed.replace(/\w+\(\d+\)/g, "").match(/-?\d[\d.]*(?:e[+-]?\d+)?/g) ?? [];
  return (
    numbers.length === list.length &&
    list.every((expected, index) => {
      const [mantissa, exponent = "0"] = expected.split("e") as [string, string?];
      const decimals = (mantissa.split(".")[1]?.length ?? 0) - Number(exponent);
      return Math.abs(Number(numbers[index]) - Number(expected)) <= 0.5001 * 10 ** -decimals;
    })
  );
}

function blocks(text: string): { line: number; code: string }[] {
  return [...text.matchAll(/^( *)```ts\b.*\n([\s\S]*?)^\1```/gm)].map((match) => ({
    line: text.slice(0, match.index).split("\n").length + 1,
    code: (match[2] as string).replaceAll(new RegExp(`^${match[1]}`, "gm"), ""),
  }));
}
