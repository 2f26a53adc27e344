import ts from "typescript";

/** A doc comment taken apart. */
export interface DocComment {
  /** What stands before the first tag, Markdown. */
  readonly text: string;
  /** The blocks that begin with a tag, in order. */
  readonly tags: readonly { readonly name: string; readonly text: string }[];
}

/** The doc comment of a declaration as it stands in the source, without its stars. */
export function docCommentOf(symbol: ts.Symbol): DocComment {
  const raw = (symbol.declarations ?? [])
    .flatMap((declaration) => ts.getJSDocCommentsAndTags(declaration))
    .filter(ts.isJSDoc)
    .map((comment) => comment.getText())
    .join("\n");
  const bare = raw
    .replace(/^\/\*\*[ \t]*/, "")
    .replace(/\s*\*\/$/, "")
    .replace(/^[ \t]*\*(?: |$)/gm, "");
  // `@defaultValue` may stand in the line of its text; every other tag begins one
  const [text = "", ...blocks] = bare.split(/(?:^|(?<= ))@(?=defaultValue\b)|^@(?=[a-z]+\b)/m);
  const tags = blocks.map((block) => {
    const [, name = "", rest = ""] = /^(\w+)\s*([\s\S]*)$/.exec(block) ?? [];
    return { name, text: rest.trim() };
  });
  return { text: text.trim(), tags };
}

/** Prose on one line, with links to other names of the documentation as code. */
export function oneLine(text: string): string {
  return text
    .replace(/\{@link (\w+)\}/g, "`$1`")
    .replace(/\s+/g, " ")
    .trim();
}
