import type MarkdownIt from "markdown-it";
import markdownItMath from "markdown-it-math/no-default-renderer";
import temml from "temml";

/**
 * Teaches a Markdown parser to typeset TeX as MathML: `$...$` in a line, `$$...$$` and ```math fences on their own.
 *
 * TeX that is wrong is reported and stays in the page as it was written.
 */
export function typesetMath(parser: MarkdownIt, report: (problem: string) => void): void {
  const typeset = (tex: string, displayMode: boolean): string => {
    try {
      return temml.renderToString(tex.trim(), { displayMode, throwOnError: true, annotate: true });
    } catch (error) {
      report(`TeX "${tex.trim()}": ${(error as Error).message}`);
      return parser.utils.escapeHtml(tex);
    }
  };
  parser.use(markdownItMath, {
    inlineRenderer: (tex: string) => typeset(tex, false),
    blockRenderer: (tex: string) => `<p>${typeset(tex, true)}</p>`,
  });
  const fence = parser.renderer.rules.fence;
  parser.renderer.rules.fence = (tokens, index, options, environment, renderer) => {
    const token = tokens[index];
    if (token?.info.trim() === "math") return `<p>${typeset(token.content, true)}</p>`;
    return fence?.(tokens, index, options, environment, renderer) ?? "";
  };
}
