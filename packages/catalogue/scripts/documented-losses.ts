import { basename } from "node:path";
import { losses, type PublicApi, type PublicExport, publicApi } from "@lossary/checks/public-api";
import ts from "typescript";
import type { LossEntry, LossFamily, Paper } from "../src/loss-entry.ts";
import { type DocComment, docCommentOf, oneLine } from "./doc-comment.ts";
import { type DocumentedOption, documentedOptions } from "./documented-options.ts";

/** What the sources say of a loss; what it does is found out by calling it. */
export interface DocumentedLoss
  extends Pick<
    LossEntry,
    | "name"
    | "package"
    | "family"
    | "summary"
    | "formula"
    | "papers"
    | "parameters"
    | "labelsDescription"
    | "predictionsDescription"
    | "example"
  > {
  readonly options: readonly DocumentedOption[];
}

const families: Readonly<Record<string, LossFamily>> = {
  "losses-distribution": "distribution",
  "losses-region": "region",
  "losses-boundary": "boundary",
  "losses-compound": "compound",
};

/** Every loss of the repository under `root`, by families and then by names, as its types and doc comments describe it. */
export function documentedLosses(root: string): DocumentedLoss[] {
  const api = publicApi(root);
  const order = Object.values(families);
  return losses(api)
    .map((loss) => documented(api, loss))
    .sort((a, b) => order.indexOf(a.family) - order.indexOf(b.family) || (a.name < b.name ? -1 : 1));
}

function documented(api: PublicApi, loss: PublicExport): DocumentedLoss {
  const comment = docCommentOf(loss.symbol);
  const family = families[basename(loss.package.folder)];
  const formula = /^```math\n([\s\S]*?)\n```$/m.exec(comment.text)?.[1];
  const example = /```ts\n([\s\S]*?)\n```/.exec(tagged(comment, "example")[0] ?? "")?.[1];
  if (family === undefined || formula === undefined || example === undefined)
    throw new Error(`${loss.name}: its family, formula or example cannot be read`);
  const { type, parameters } = optionsType(api, loss);
  return {
    name: loss.name,
    package: loss.package.manifest.name as string,
    family,
    summary: firstSentence(comment.text),
    formula: formula.replace(/\s*\n\s*/g, " ").trim(),
    papers: papersOf(loss.name, comment),
    parameters,
    labelsDescription: parameter(comment, "labels"),
    predictionsDescription: parameter(comment, "predictions"),
    example,
    options: documentedOptions(api.checker, type),
  };
}

/** The type of the last argument: the options, or for a function that makes a loss its weights. */
function optionsType({ checker }: PublicApi, { symbol, declaration }: PublicExport) {
  const signature = checker.getTypeOfSymbolAtLocation(symbol, declaration).getCallSignatures()[0] as ts.Signature;
  const parameters = signature.getParameters();
  const last = checker.getNonNullableType(
    checker.getTypeOfSymbolAtLocation(parameters.at(-1) as ts.Symbol, declaration),
  );
  const type = last.flags & ts.TypeFlags.TypeParameter ? (checker.getBaseConstraintOfType(last) ?? last) : last;
  return { type, parameters: parameters.map((one) => one.name) };
}

function tagged({ tags }: DocComment, name: string): string[] {
  return tags.filter((tag) => tag.name === name).map(({ text }) => text);
}

function parameter(comment: DocComment, name: string): string {
  const found = tagged(comment, "param").find((text) => text.startsWith(`${name} - `));
  return found === undefined ? "" : oneLine(found.slice(name.length + 3));
}

/** The first sentence ends at a full stop before a capital letter, or with its paragraph. */
function firstSentence(text: string): string {
  const paragraph = oneLine(text.split(/\n\s*\n/)[0] ?? "");
  return paragraph.split(/(?<=\.) (?=[A-Z])/)[0] ?? "";
}

function papersOf(loss: string, comment: DocComment): Paper[] {
  const sources = tagged(comment, "see").filter((text) => text.includes("https://"));
  return sources.map((text) => {
    const form = /^(.+?): (.+)\. ?([^.]*?) ?(\d{4}), \{@link (https:\S+)\}( \(.+\))?$/;
    const found = form.exec(oneLine(text));
    if (found === null) throw new Error(`${loss}: @see must read "authors: title. venue year, {@link}" (got ${text})`);
    const [, authors = "", title = "", venue = "", year = "", url = ""] = found;
    return { authors, title, venue, year: Number(year), url };
  });
}
