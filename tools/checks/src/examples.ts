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

/** What the example says that it prints: the comments behind its `console.log(...)` lines. */
export function promisedOutput(code: string): string[] {
  return [...code.matchAll(/^\s*console\.log\(.*\);?\s*\/\/ (.+)$/gm)].map(([, promised]) =>
    (promised as string).trim(),
  );
}

function blocks(text: string): { line: number; code: string }[] {
  return [...text.matchAll(/^( *)```ts\b.*\n([\s\S]*?)^\1```/gm)].map((match) => ({
    line: text.slice(0, match.index).split("\n").length + 1,
    code: (match[2] as string).replaceAll(new RegExp(`^${match[1]}`, "gm"), ""),
  }));
}
