import ts from "typescript";
import type { Json, LossOption, OptionGroup } from "../src/loss-option.ts";
import { docCommentOf, oneLine } from "./doc-comment.ts";

/** What the types and doc comments say of an option; its range is found out by calling the loss. */
export type DocumentedOption = Omit<LossOption, "expected" | "schema" | "length"> & {
  /** The words of a union of words, for comparison with what the loss expects. */
  readonly words: readonly string[];
};

/** The interfaces whose options belong to more than a loss and its relatives. */
const groups: Readonly<Record<string, OptionGroup>> = {
  SharedOptions: "shared",
  RatioOptions: "ratio",
  DistributionOptions: "distribution",
  DistanceLossOptions: "distance",
  CompoundOptions: "compound",
};

/** The order in which a form shows the groups. */
const order: readonly OptionGroup[] = ["own", "compound", "distance", "ratio", "distribution", "shared"];

/** The options that a type has, a loss's own first. */
export function documentedOptions(checker: ts.TypeChecker, type: ts.Type): DocumentedOption[] {
  return checker
    .getPropertiesOfType(type)
    .map((property) => documented(checker, property))
    .sort((a, b) => order.indexOf(a.group) - order.indexOf(b.group));
}

function documented(checker: ts.TypeChecker, property: ts.Symbol): DocumentedOption {
  const declaration = property.declarations?.[0] as ts.PropertySignature;
  const comment = docCommentOf(property);
  const type = checker.getNonNullableType(checker.getTypeOfSymbol(property));
  const required = (property.flags & ts.SymbolFlags.Optional) === 0;
  const text = comment.tags.find(({ name }) => name === "defaultValue")?.text;
  if (!required && text === undefined) throw new Error(`${property.name}: has no @defaultValue`);
  const value = text === undefined ? undefined : constant(text);
  const optionsOf = lossOfTerm(declaration);
  return {
    name: property.name,
    group: groups[(declaration.parent as ts.InterfaceDeclaration).name?.text ?? ""] ?? "own",
    description: oneLine(comment.text),
    type: typeOf(checker, type, declaration),
    required,
    ...(value === undefined ? {} : { default: value }),
    ...(text === undefined ? {} : { defaultDescription: oneLine(text) }),
    ...(optionsOf === undefined ? {} : { optionsOf }),
    words: wordsOf(type),
  };
}

/** The loss whose options stand in the record of a term, `TermOptions<DiceLossOptions>`: types are called after their losses. */
function lossOfTerm({ type }: ts.PropertySignature): string | undefined {
  const loss = /^TermOptions<(\w+)Options>$/.exec(type?.getText() ?? "")?.[1];
  return loss && `${loss.slice(0, 1).toLowerCase()}${loss.slice(1)}`;
}

/** As TypeScript writes it; what it calls differently but is the same, under the name in the source. */
function typeOf(checker: ts.TypeChecker, type: ts.Type, declaration: ts.PropertySignature): string {
  if (lossOfTerm(declaration)) return declaration.type?.getText() ?? "";
  return checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation).replace("<Rank>", "");
}

function wordsOf(type: ts.Type): string[] {
  return (type.isUnion() ? type.types : [type]).flatMap((part) => (part.isStringLiteral() ? [part.value] : []));
}

/** The value of a default that is written as one constant in code, `4 / 3`; `undefined` for a default in words. */
function constant(text: string): Json | undefined {
  const code = /^`([^`]+)`$/.exec(text)?.[1];
  if (code === undefined) return undefined;
  const fraction = /^(\d+) \/ (\d+)$/.exec(code);
  if (fraction) return Number(fraction[1]) / Number(fraction[2]);
  try {
    return JSON.parse(code) as Json;
  } catch {
    return undefined; // the name of another option
  }
}
