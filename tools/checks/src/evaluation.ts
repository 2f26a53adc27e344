import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { type Problems, verdict } from "./verdict.ts";

/** Nothing that is built makes code of text, which a content security policy forbids: no `eval`, no `Function`, no timer of text. */
export function evaluatesNothing(root: string): Problems {
  const files = globSync("packages/*/dist/**/*.js", { cwd: root }).sort();
  return verdict(
    "built module",
    files.length,
    files.flatMap((file) => evaluations(file, readFileSync(join(root, file), "utf8"))),
  );
}

function evaluations(file: string, text: string): string[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const problems: string[] = [];
  const visit = (node: ts.Node): void => {
    if (makesCode(node)) {
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
      problems.push(`${file}:${line + 1}: makes code of text`);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return problems;
}

function makesCode(node: ts.Node): boolean {
  if (ts.isIdentifier(node) && (node.text === "eval" || node.text === "Function")) {
    // the name of somebody's property is no call of the global
    return !(
      ts.isPropertyAccessExpression(node.parent) &&
      node.parent.name === node &&
      !isGlobal(node.parent.expression)
    );
  }
  if (!ts.isCallExpression(node)) return false;
  const [first] = node.arguments;
  const isTimer = /^(globalThis\.|window\.|self\.)?set(Timeout|Interval)$/.test(node.expression.getText());
  return isTimer && first !== undefined && (ts.isStringLiteralLike(first) || ts.isTemplateExpression(first));
}

function isGlobal(expression: ts.Expression): boolean {
  return ["globalThis", "window", "self"].includes(expression.getText());
}
