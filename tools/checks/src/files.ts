import ts from "typescript";
import { at, librarySources, type Source } from "./source.ts";
import { type Problems, verdict } from "./verdict.ts";

const longest = 200;

/** No source file is longer than 200 lines: what does not fit holds more than one concept. */
export function fileLengths(root: string): Problems {
  const sources = librarySources(root);
  const problems = sources.flatMap(({ file, tree }) => {
    const lines = tree.text.trimEnd().split("\n").length;
    return lines > longest ? [`${file}: ${lines} lines, at most ${longest} are allowed`] : [];
  });
  return verdict("source file", sources.length, problems);
}

/** `src/index.ts` is a list of named exports in alphabetical order, and nothing else; no file has a default export. */
export function indexLists(root: string): Problems {
  const sources = librarySources(root);
  const lists = sources.filter(({ file }) => file.endsWith("/src/index.ts"));
  return verdict("index.ts", lists.length, [...lists.flatMap(list), ...sources.flatMap(defaultExports)]);
}

function list(source: Source): string[] {
  const problems: string[] = [];
  const modules: string[] = [];
  for (const statement of source.tree.statements) {
    const here = at(source, statement);
    if (!ts.isExportDeclaration(statement) || !statement.moduleSpecifier) {
      problems.push(`${here}: an index holds only \`export { ... } from\``);
    } else if (!statement.exportClause || !ts.isNamedExports(statement.exportClause)) {
      problems.push(`${here}: name what is exported, not *`);
    } else {
      modules.push((statement.moduleSpecifier as ts.StringLiteral).text);
      const names = statement.exportClause.elements.map(({ name }) => name.text);
      problems.push(...disorder(names).map((pair) => `${here}: ${pair}`));
    }
  }
  if (source.tree.statements.length === 0) problems.push(`${source.file}: exports nothing`);
  return [...problems, ...disorder(modules).map((pair) => `${source.file}: ${pair}`)];
}

function disorder(names: readonly string[]): string[] {
  return names.slice(1).flatMap((name, before) => {
    const previous = names[before] as string;
    return order(previous, name) > 0 ? [`${name} stands after ${previous}`] : [];
  });
}

/** The order in which the formatter sorts names too: letter by letter, capitals first, numbers by their value. */
function order(a: string, b: string): number {
  const [left, right] = [pieces(a), pieces(b)];
  for (const [index, one] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    if (one === other) continue;
    if (/\d/.test(one) && /\d/.test(other)) return Number(one) - Number(other);
    const [small, smallOther] = [one.toLowerCase(), other.toLowerCase()];
    return small === smallOther ? (one < other ? -1 : 1) : small < smallOther ? -1 : 1;
  }
  return left.length - right.length;
}

function pieces(name: string): string[] {
  return name.replace(/\.ts$/, "").match(/\d+|\D/g) ?? [];
}

function defaultExports(source: Source): string[] {
  return source.tree.statements.flatMap((statement) => {
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    const named =
      ts.isExportDeclaration(statement) &&
      statement.exportClause !== undefined &&
      ts.isNamedExports(statement.exportClause) &&
      statement.exportClause.elements.some(({ name }) => name.text === "default");
    const found =
      ts.isExportAssignment(statement) || named || modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
    return found ? [`${at(source, statement)}: a default export`] : [];
  });
}
