import { realpathSync } from "node:fs";
import { relative } from "node:path";
import ts from "typescript";
import { entriesOf, libraryPackages, type WorkspacePackage } from "./workspace.ts";

/** Something that a published package exports under a name, resolved to where it is declared. */
export interface PublicExport {
  readonly package: WorkspacePackage;
  /** The entry by whose name users import it. */
  readonly entry: string;
  readonly name: string;
  readonly symbol: ts.Symbol;
  readonly declaration: ts.Declaration;
  /** Relative to the root. */
  readonly file: string;
}

export interface PublicApi {
  readonly checker: ts.TypeChecker;
  readonly exports: readonly PublicExport[];
}

const options: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  // enough for Pick and Omit; the shapes of exports need no more, and reading more takes most of the time
  lib: ["lib.es5.d.ts"],
  customConditions: ["@lossary/source"],
  allowImportingTsExtensions: true,
  noEmit: true,
  strict: true,
  skipLibCheck: true,
  types: [],
};

/** What the packages of the workspace export, read from the sources behind every entry of their `exports`. */
export function publicApi(root: string): PublicApi {
  const entries = libraryPackages(root).flatMap((library) =>
    entriesOf(library).map(({ name, source }) => ({ library, entry: name, file: resolved(source) })),
  );
  const program = ts.createProgram({ rootNames: entries.map(({ file }) => file), options });
  const checker = program.getTypeChecker();
  const exports = entries.flatMap(({ library, entry, file }) => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    return (module ? checker.getExportsOfModule(module) : []).flatMap((exported) => {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      const declaration = symbol.declarations?.[0];
      if (!declaration) return [];
      const declaredIn = relative(realpathSync(root), declaration.getSourceFile().fileName);
      return [{ package: library, entry, name: exported.name, symbol, declaration, file: declaredIn }];
    });
  });
  return { checker, exports };
}

/** Whether the export is called: a function, or a constant that holds one. */
export function isFunction({ checker }: PublicApi, { symbol, declaration }: PublicExport): boolean {
  const isValue = (symbol.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Variable)) !== 0;
  return isValue && checker.getTypeOfSymbolAtLocation(symbol, declaration).getCallSignatures().length > 0;
}

/** The losses: functions of the `losses-*` packages whose names end in Loss. */
export function losses(api: PublicApi): PublicExport[] {
  return api.exports.filter(
    (one) => one.package.folder.startsWith("packages/losses-") && one.name.endsWith("Loss") && isFunction(api, one),
  );
}

function resolved(file: string): string {
  return ts.sys.fileExists(file) ? realpathSync(file) : file;
}
