import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { libraryPackages, type WorkspacePackage } from "./workspace.ts";

/** A parsed source file of a published package. */
export interface Source {
  readonly package: WorkspacePackage;
  /** Relative to the root: `packages/losses-region/src/dice.ts`. */
  readonly file: string;
  readonly tree: ts.SourceFile;
}

/** Every hand-written source file of every published package. */
export function librarySources(root: string): Source[] {
  return libraryPackages(root).flatMap((library) =>
    globSync("src/**/*.ts", { cwd: library.path })
      .filter((file) => !file.includes(".generated."))
      .sort()
      .map((file) => ({
        package: library,
        file: `${library.folder}/${file}`,
        tree: parse(join(library.path, file)),
      })),
  );
}

/** `packages/losses-region/src/dice.ts:12` */
export function at({ file, tree }: Source, node: ts.Node): string {
  return `${file}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`;
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
}
