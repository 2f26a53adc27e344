import ts from "typescript";
import { losses, type PublicApi, type PublicExport, publicApi } from "./public-api.ts";
import { type Problems, verdict } from "./verdict.ts";

/** Every export says what it is, and so does every member of an interface and every option of a type that ends in Options; an optional one names its default. */
export function documentedExports(root: string): Problems {
  const api = publicApi(root);
  const problems = api.exports.flatMap((one) => [...summary(api, one), ...members(api, one)]);
  return verdict("export", api.exports.length, [...new Set(problems)]);
}

/** Every loss shows its formula, its range, what it differs from, an example and the paper that it comes from. */
export function documentedLosses(root: string): Problems {
  const api = publicApi(root);
  const found = losses(api);
  const problems = found.flatMap((loss) => {
    const comment = commentOf(loss.symbol);
    const missing: string[] = [];
    if (!/^[\s*]*```math$/m.test(comment)) missing.push("a formula in a ```math fence");
    if (!/^[\s*]*Range\b/m.test(comment)) missing.push("a paragraph that begins with Range");
    if (!/^[\s*]*Differs from:/m.test(comment)) missing.push("a paragraph that begins with Differs from:");
    if (!/@example[\s\S]*?```ts\b/.test(comment)) missing.push("an @example with a ```ts block");
    if (!/@see\b(?:(?!\n[\s*]*@)[\s\S])*https:\/\//.test(comment)) missing.push("@see with a link to the paper");
    return missing.map((part) => `${place(loss)}: lacks ${part}`);
  });
  return verdict("loss", found.length, problems);
}

function summary({ checker }: PublicApi, one: PublicExport): string[] {
  return hasSummary(one.symbol, checker) ? [] : [`${place(one)}: has no doc comment`];
}

function members({ checker }: PublicApi, one: PublicExport): string[] {
  const { flags } = one.symbol;
  const isOptions = one.name.endsWith("Options") && (flags & ts.SymbolFlags.TypeAlias) !== 0;
  if (!isOptions && (flags & ts.SymbolFlags.Interface) === 0) return [];
  const type = checker.getDeclaredTypeOfSymbol(one.symbol);
  return checker.getPropertiesOfType(type).flatMap((property) => {
    const declaration = property.declarations?.[0];
    // What comes from elsewhere (a tensor, an array) is documented elsewhere.
    if (!declaration || declaration.getSourceFile().fileName.includes("/node_modules/")) return [];
    if (declaration.getSourceFile().isDeclarationFile) return [];
    const comment = commentOf(property);
    const missing: string[] = [];
    if (!hasSummary(property, checker) && !comment.includes("@see")) missing.push("no doc comment");
    const isOption = one.name.endsWith("Options") && (property.flags & ts.SymbolFlags.Optional) !== 0;
    if (isOption && !/@defaultValue\s+\S/.test(comment)) missing.push("no @defaultValue");
    return missing.map((part) => `${place(one)}.${property.name}: has ${part}`);
  });
}

function hasSummary(symbol: ts.Symbol, checker: ts.TypeChecker): boolean {
  return ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim() !== "";
}

/** The doc comments of all declarations of a symbol as they stand in the source. */
export function commentOf(symbol: ts.Symbol): string {
  return (symbol.declarations ?? [])
    .flatMap((declaration) => ts.getJSDocCommentsAndTags(declaration))
    .map((comment) => comment.getText())
    .join("\n");
}

/** How a problem names an export. */
export function place({ file, name }: PublicExport): string {
  return `${file}: ${name}`;
}
