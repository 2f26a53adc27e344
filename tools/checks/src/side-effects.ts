import ts from "typescript";
import { at, librarySources, type Source } from "./source.ts";
import { type Problems, verdict } from "./verdict.ts";

/** Loading a module computes nothing: its statements are imports, exports, declarations and constants written out. */
export function sideEffects(root: string): Problems {
  const sources = librarySources(root);
  return verdict(
    "statement",
    sources.flatMap(({ tree }) => [...tree.statements]).length,
    sources.flatMap((source) => source.tree.statements.flatMap((statement) => effects(source, statement))),
  );
}

function effects(source: Source, statement: ts.Statement): string[] {
  if (ts.isImportDeclaration(statement)) {
    return statement.importClause ? [] : [`${at(source, statement)}: imports a module for its effects`];
  }
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ initializer }) =>
      initializer && !isInert(initializer, source.tree)
        ? [`${at(source, initializer)}: computed when the module loads`]
        : [],
    );
  }
  if (ts.isClassDeclaration(statement)) {
    const evaluated = statement.members.filter(
      (member) =>
        ts.isClassStaticBlockDeclaration(member) ||
        (ts.isPropertyDeclaration(member) &&
          member.initializer !== undefined &&
          (member.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) &&
          !isInert(member.initializer, source.tree)),
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

/** Whether evaluating the expression calls nothing that a bundler could not drop. */
function isInert(node: ts.Expression, tree: ts.SourceFile): boolean {
  const inert = (inner: ts.Expression): boolean => isInert(inner, tree);
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
      return ts.isShorthandPropertyAssignment(property) || ts.isMethodDeclaration(property);
    });
  }
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    // The mark by which bundlers know that an unused call may be dropped.
    const before = tree.text.slice(node.getFullStart(), node.getStart(tree));
    if (/[#@]__PURE__/.test(before)) return true;
    return ts.isNewExpression(node) && isEmptyCollection(node);
  }
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
