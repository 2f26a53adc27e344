import { type CommentDisplayPart, type DeclarationReflection, type DefaultThemeRenderContext, JSX } from "typedoc";

const h = JSX.createElement;

/** Options as a table: name with type, default, meaning; those of the function itself first, then those that it shares. */
export function optionsTable(
  context: DefaultThemeRenderContext,
  options: readonly DeclarationReflection[],
  anchors = false,
): JSX.Element {
  const hasDefaults = options.some(({ flags, comment }) => flags.isOptional || comment?.getTag("@defaultValue"));
  const titles = hasDefaults ? ["Option", "Default", "Meaning"] : ["Name", "Meaning"];
  const own = options.filter(({ inheritedFrom }) => inheritedFrom === undefined);
  const shared = options.filter(({ inheritedFrom }) => inheritedFrom !== undefined);
  const body = (some: readonly DeclarationReflection[]): JSX.Element =>
    h("tbody", null, ...some.map((option) => row(context, option, { anchors, hasDefaults })));
  return h(
    "div",
    { class: "table" },
    h(
      "table",
      { class: "options" },
      h("thead", null, h("tr", null, ...titles.map((text) => h("th", { scope: "col" }, text)))),
      own.length > 0 ? body(own) : undefined,
      own.length > 0 && shared.length > 0
        ? h(
            "tbody",
            null,
            h(
              "tr",
              { class: "shared" },
              h("th", { colSpan: titles.length, scope: "colgroup" }, "Shared with other losses"),
            ),
          )
        : undefined,
      shared.length > 0 ? body(shared) : undefined,
    ),
  );
}

function row(
  context: DefaultThemeRenderContext,
  option: DeclarationReflection,
  { anchors, hasDefaults }: { readonly anchors: boolean; readonly hasDefaults: boolean },
): JSX.Element {
  const { name, flags, type, comment } = option;
  const standard = comment?.getTag("@defaultValue");
  const fallback = flags.isOptional ? "none" : "required";
  return h(
    "tr",
    { id: anchors ? context.getAnchor(option) : undefined },
    h("th", { scope: "row" }, h("code", null, name), h("span", { class: "type" }, context.type(type))),
    hasDefaults
      ? h(
          "td",
          { class: "default" },
          standard ? h(JSX.Raw, { html: context.markdown(unfenced(standard.content)) }) : fallback,
        )
      : undefined,
    h("td", null, comment ? h(JSX.Raw, { html: context.markdown(comment.summary) }) : undefined),
  );
}

/** A default in words, which typedoc takes for code where it holds none. */
function unfenced(content: readonly CommentDisplayPart[]): CommentDisplayPart[] {
  return content.map((part) => ({ ...part, text: part.text.replace(/^```\w*\n([\s\S]*?)\n```$/, "$1") }));
}
