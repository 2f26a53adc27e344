import { type DeclarationReflection, type DefaultThemeRenderContext, JSX } from "typedoc";

const h = JSX.createElement;

/** Options as a table: name with type, default, meaning; those of the function itself first, then those that it shares. */
export function optionsTable(
  context: DefaultThemeRenderContext,
  options: readonly DeclarationReflection[],
  anchors = false,
): JSX.Element {
  const own = options.filter(({ inheritedFrom }) => inheritedFrom === undefined);
  const shared = options.filter(({ inheritedFrom }) => inheritedFrom !== undefined);
  const body = (some: readonly DeclarationReflection[]): JSX.Element =>
    h("tbody", null, ...some.map((option) => row(context, option, anchors)));
  return h(
    "div",
    { class: "table" },
    h(
      "table",
      { class: "options" },
      h(
        "thead",
        null,
        h("tr", null, ...["Option", "Default", "Meaning"].map((text) => h("th", { scope: "col" }, text))),
      ),
      own.length > 0 ? body(own) : undefined,
      own.length > 0 && shared.length > 0
        ? h(
            "tbody",
            null,
            h("tr", { class: "shared" }, h("th", { colSpan: 3, scope: "colgroup" }, "Shared with other losses")),
          )
        : undefined,
      shared.length > 0 ? body(shared) : undefined,
    ),
  );
}

function row(context: DefaultThemeRenderContext, option: DeclarationReflection, anchors: boolean): JSX.Element {
  const { name, flags, type, comment } = option;
  const standard = comment?.getTag("@defaultValue");
  const fallback = flags.isOptional ? "none" : "required";
  return h(
    "tr",
    { id: anchors ? context.getAnchor(option) : undefined },
    h("th", { scope: "row" }, h("code", null, name), h("span", { class: "type" }, context.type(type))),
    h("td", { class: "default" }, standard ? h(JSX.Raw, { html: context.markdown(standard.content) }) : fallback),
    h("td", null, comment ? h(JSX.Raw, { html: context.markdown(comment.summary) }) : undefined),
  );
}
