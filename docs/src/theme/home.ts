import { type DefaultThemeRenderContext, JSX, type PageEvent, type ProjectReflection } from "typedoc";
import type { ToolbarLink } from "../frame.ts";
import { documentPath } from "./documents.ts";

const h = JSX.createElement;

/** The first page: what it is, where to go, and the README. */
export function homePage(
  context: DefaultThemeRenderContext,
  links: readonly ToolbarLink[],
  { model, project }: PageEvent<ProjectReflection>,
  picture: string | undefined,
): JSX.Element {
  const readme = context.markdown(model.readme ?? []);
  const [, lead = ""] = /<h1[\s\S]*?<\/h1>\s*<p>([\s\S]*?)<\/p>/.exec(readme) ?? [];
  const start = project.documents?.find((one) => documentPath(one) === "guides/getting-started-browser");
  const ways = [
    ...(start ? [{ title: "Get started", href: context.urlTo(start) }] : []),
    ...links.slice(0, 4).map(({ title, href }) => ({ title, href: context.relativeURL(href) })),
  ];
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
        h("p", { class: "actions" }, ...ways.map(({ title, href }) => h("a", { href }, title))),
      ),
      picture === undefined
        ? undefined
        : h(
            "figure",
            null,
            h("img", {
              src: context.relativeURL(picture),
              alt: "Where six losses push the same prediction of a lesion",
              width: "536",
              height: "398",
            }),
            h(
              "figcaption",
              null,
              "One prediction of a lesion, six losses: where each of them pushes it up (orange) and down (blue).",
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
