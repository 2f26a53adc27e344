import { type DefaultThemeRenderContext, JSX, type PageEvent, type ProjectReflection } from "typedoc";
import type { ToolbarLink } from "../frame.ts";

const h = JSX.createElement;

/** The first page: what it is, where to go, and the README. */
export function homePage(
  context: DefaultThemeRenderContext,
  links: readonly ToolbarLink[],
  { model }: PageEvent<ProjectReflection>,
): JSX.Element {
  const readme = context.markdown(model.readme ?? []);
  const [, lead = ""] = /<h1[\s\S]*?<\/h1>\s*<p>([\s\S]*?)<\/p>/.exec(readme) ?? [];
  return h(
    JSX.Fragment,
    null,
    h(
      "section",
      { class: "hero" },
      h(
        "div",
        { class: "hero-text" },
        h("h1", null, "Lossary"),
        h("p", { class: "lead" }, h(JSX.Raw, { html: lead })),
        h(
          "p",
          { class: "actions" },
          ...links.map(({ title, href }) => h("a", { href: context.relativeURL(href) }, title)),
        ),
      ),
    ),
    h(
      "section",
      { class: "tsd-typography" },
      h(JSX.Raw, { html: readme.replace(/^[\s\S]*?<\/h1>\s*<p>[\s\S]*?<\/p>/, "") }),
    ),
  );
}
