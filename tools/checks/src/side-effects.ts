import ts from "typescript";
import { at, librarySources, type Source } from "./source.ts";
import { type Problems, verdict } from "./verdict.ts";

/**
 * Loading a module computes nothing: its statements are imports, exports, declarations and constants written out.
 * A worker's script, `*-worker.ts`, is a program of its own, which no module imports.
 */
export function sideEffects(root: string): Problems {
  const sources = librarySources(root).filter(({ file }) => !file.endsWith("-worker.ts"));
  const pure = new Set(sources.flatMap(markedFunctions));
  return verdict(
    "statement",
    sources.flatMap(({ tree }) => [...tree.statements]).length,
    sources.flatMap((source) => source.tree.statements.flatMap((statement) => effects(source, statement, pure))),
  );
}

/** The functions that bundlers know to be free of effects by the mark before them. */
function markedFunctions({ tree }: Source): string[] {
  return tree.statements.flatMap((statement) => {
    if (!ts.isFunctionDeclaration(statement) || statement.body === undefined || statement.name === undefined) return [];
    const before = tree.text.slice(statement.getFullStart(), statement.getStart(tree));
    return /[#@]__NO_SIDE_EFFECTS__/.test(before) ? [statement.name.text] : [];
  });
}

function effects(source: Source, statement: ts.Statement, pure: ReadonlySet<string>): string[] {
  if (ts.isImportDeclaration(statement)) {
    const program = statement.moduleSpecifier.getText(source.tree).includes("-worker.ts");
    if (program) return [`${at(source, statement)}: imports a worker's script`];
    return statement.importClause ? [] : [`${at(source, statement)}: imports a module for its effects`];
  }
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ initializer }) =>
      initializer && !isInert(initializer, pure) ? [`${at(source, initializer)}: computed when the module loads`] : [],
    );
  }
  if (ts.isClassDeclaration(statement)) {
    const evaluated = statement.members.filter(
      (member) =>
        ts.isClassStaticBlockDeclaration(member) ||
        (ts.isPropertyDeclaration(member) &&
          member.initializer !== undefined &&
          (member.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) &&
          !isInert(member.initializer, pure)),
    );
    return evaluated.map((member) => `${at(source, member)}: computed when the module loads`);
  }
  const declares =
    ts.isFunctionDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isModuleDeclaration(statement) ||
    ts.isExportDeclaration(statement);
  return declares ? [] : [`${at(source, statement)}: runs when the module loads`];
}

/** Whether a bundler may drop the expression when nobody uses it. */
function isInert(node: ts.Expression, pure: ReadonlySet<string>): boolean {
  const inert = (inner: ts.Expression): boolean => isInert(inner, pure);
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return true;
  if (ts.isLiteralExpression(node) || ts.isIdentifier(node)) return true;
  if (ts.isPropertyAccessExpression(node)) return inert(node.expression);
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node))
    return inert(node.expression);
  if (ts.isPrefixUnaryExpression(node)) return inert(node.operand);
  if (ts.isBinaryExpression(node))
    return isArithmetic(node.operatorToken.kind) && inert(node.left) && inert(node.right);
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(inert);
  if (ts.isTemplateExpression(node)) return node.templateSpans.every(({ expression }) => inert(expression));
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.every((property) => {
      if (ts.isPropertyAssignment(property)) return inert(property.initializer);
      if (ts.isSpreadAssignment(property)) return inert(property.expression);
      return ts.isShorthandPropertyAssignment(property) || ts.isMethodDeclaration(property);
    });
  }
  if (ts.isCallExpression(node)) return pure.has(node.expression.getText()) && node.arguments.every(inert);
  if (ts.isNewExpression(node)) return isEmptyCollection(node);
  return [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword].includes(node.kind);
}

/** A cache that starts empty: `new WeakMap()`. */
function isEmptyCollection({ expression, arguments: given }: ts.NewExpression): boolean {
  return ["Map", "Set", "WeakMap", "WeakSet"].includes(expression.getText()) && (given ?? []).length === 0;
}

function isArithmetic(kind: ts.SyntaxKind): boolean {
  const { PlusToken, MinusToken, AsteriskToken, AsteriskAsteriskToken, SlashToken, LessThanLessThanToken } =
    ts.SyntaxKind;
  return [PlusToken, MinusToken, AsteriskToken, AsteriskAsteriskToken, SlashToken, LessThanLessThanToken].includes(
    kind,
  );
}
