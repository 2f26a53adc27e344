import ts from "typescript";
import { commentOf, place } from "./documentation.ts";
import { isFunction, type PublicApi, type PublicExport, publicApi } from "./public-api.ts";
import { type Problems, verdict } from "./verdict.ts";

/** Functions that return numbers and compute none, with what they do instead. */
export const withoutFormula: Readonly<Record<string, string>> = {
  detached: "the caller's function computes",
  joinChannels: "puts values together",
  mostBytes: "counts",
  prepare: "checks values and gives them another shape",
  restoreSpatial: "gives values another shape",
  runOnGpu: "the caller's program computes",
  spacingOf: "repeats what was given",
  stopGradient: "gives the same values",
  sumsFromJSON: "reads what was written",
  withGradient: "the caller's function computes",
  withoutBackground: "leaves values out",
};

/** What this entry exports declares tests, or reads what tests compare: it runs where vitest runs, and its README shows it at work. */
const withinTests = "@lossary/test-kit";

/**
 * The page of every function shows an example, says what every argument is and what comes back, and shows a formula where numbers do: in a
 * ```math fence, or between dollars where one symbol says it. `xAsync` computes what `x` computes, whose page has it.
 */
export function documentedFunctions(root: string): Problems {
  const api = publicApi(root);
  const shown = api.exports.filter((one) => isFunction(api, one) && one.entry !== withinTests);
  const functions = new Map(shown.map((one) => [one.symbol, one]));
  const problems = [...functions.values()].flatMap((one) => missing(api, one).map((part) => `${place(one)}: ${part}`));
  return verdict("function", functions.size, problems);
}

function missing(api: PublicApi, one: PublicExport): string[] {
  const comment = commentOf(one.symbol);
  const type = api.checker.getTypeOfSymbolAtLocation(one.symbol, one.declaration);
  const signatures = type.getCallSignatures();
  const found: string[] = [];
  if (!/@example\b[\s\S]*?```ts\b/.test(comment)) found.push("lacks an @example with a ```ts block");
  const described = [...comment.matchAll(/@param (\S+)/g)].map(([, name]) => name as string);
  // of an argument that is taken apart only the place is known
  const longest = Math.max(...signatures.map(({ parameters }) => parameters.length));
  if (described.length < longest) found.push(`describes ${described.length} of ${longest} arguments with @param`);
  for (const { name } of signatures.flatMap(({ parameters }) => parameters))
    if (!name.startsWith("__") && !described.includes(name)) found.push(`lacks @param ${name}`);
  const results = signatures.map((signature) => signature.getReturnType());
  if (results.some(comesBack) && !/@returns\s+\S/.test(comment)) found.push("lacks @returns");
  const hasFormula = /^[\s*]*```math$/m.test(comment) || /\$[^$`\s][^$\n]*\$/.test(comment);
  const isExcused = one.name in withoutFormula;
  if (hasFormula && isExcused) found.push("has a formula, and needs no excuse for having none");
  const shown = one.name.replace(/Async$/, "");
  const isShownElsewhere = shown !== one.name && api.exports.some(({ name }) => name === shown);
  const givesNumbers = results.some((result) => holdsNumbers(result, one, api.checker));
  if (givesNumbers && !hasFormula && !isExcused && !isShownElsewhere)
    found.push("returns numbers and lacks a formula, in a ```math fence or between dollars");
  return [...new Set(found)];
}

function comesBack({ flags }: ts.Type): boolean {
  return (flags & (ts.TypeFlags.Void | ts.TypeFlags.Never)) === 0;
}

const numbers =
  /^(?:number|number\[\]|Scalar|Tensor\d?D?(?:<.*>)?|(?:Float|Int|Uint)\d+Array(?:<.*>)?|Promise<(?:Tensor|Float32Array)\b.*>)$/;

/** Whether a result is a tensor, an array of numbers or a number, a promise of one, or a record that holds tensors or arrays. */
function holdsNumbers(result: ts.Type, { declaration }: PublicExport, checker: ts.TypeChecker): boolean {
  const type = checker.getNonNullableType(checker.getBaseConstraintOfType(result) ?? result);
  if (numbers.test(checker.typeToString(type))) return true;
  if (type.isUnion() || type.getCallSignatures().length > 0) return false;
  const members = checker.getPropertiesOfType(type).map((one) => checker.getTypeOfSymbolAtLocation(one, declaration));
  return members.some((one) => checker.typeToString(one) !== "number" && numbers.test(checker.typeToString(one)));
}
