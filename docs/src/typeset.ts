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
  // A box of its own, so that a formula wider than the screen scrolls, with the keyboard too.
  const formula = (tex: string): string => `<div class="formula" tabindex="0">${typeset(tex, true)}</div>`;
  parser.use(markdownItMath, {
    inlineRenderer: (tex: string) => typeset(tex, false),
    blockRenderer: formula,
  });
  // So does a table.
  parser.renderer.rules.table_open = () => '<div class="table" tabindex="0"><table>';
  parser.renderer.rules.table_close = () => "</table></div>";
  // A cell of words keeps a width in which they can be read.
  parser.renderer.rules.td_open = (tokens, index, options, _environment, renderer) => {
    if ((tokens[index + 1]?.content.length ?? 0) > 30) tokens[index]?.attrJoin("class", "prose");
    return renderer.renderToken(tokens, index, options);
  };
  const fence = parser.renderer.rules.fence;
  parser.renderer.rules.fence = (tokens, index, options, environment, renderer) => {
    const token = tokens[index];
    if (token?.info.trim() === "math") return formula(token.content);
    return (fence?.(tokens, index, options, environment, renderer) ?? "").replace("<code", '<code tabindex="0"');
  };
}
