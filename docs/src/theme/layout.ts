import {
  type DefaultThemeRenderContext,
  type DocumentReflection,
  JSX,
  type PageEvent,
  type Reflection,
  type RenderTemplate,
} from "typedoc";
import { frameHead, type ToolbarLink, toolbar } from "../frame.ts";
import { siteNavigation } from "./navigation.ts";

const h = JSX.createElement;

/** The whole page around what `template` renders: readable without scripts, the navigation written into it. */
export function layout(
  context: DefaultThemeRenderContext,
  links: readonly ToolbarLink[],
  page: PageEvent<Reflection>,
  template: RenderTemplate<PageEvent<Reflection>>,
): JSX.Element {
  const { model, project } = page;
  const base = context.relativeURL("./") || "./";
  const home = page.url === "index.html";
  const body = template(page); // first: it collects the headings that the page's own contents list
  const headings = home ? undefined : context.pageNavigation(page);
  const title = home ? `${project.name}: segmentation losses for TensorFlow.js` : `${model.name} | ${project.name}`;
  return h(
    "html",
    { lang: "en", "data-base": base },
    h(
      "head",
      null,
      h("meta", { charset: "utf-8" }),
      h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
      h("title", null, title),
      h("meta", { name: "description", content: summaryOf(model) }),
      h(JSX.Raw, { html: frameHead(base) }),
      ...["style", "highlight", "custom"].map((sheet) =>
        h("link", { rel: "stylesheet", href: context.relativeURL(`assets/${sheet}.css`) }),
      ),
    ),
    h(
      "body",
      { class: home ? "home" : undefined },
      h(JSX.Raw, { html: toolbar(base, links, currentLink(page)) }),
      h(
        "div",
        { class: "page" },
        home
          ? undefined
          : h("aside", { class: "side site-menu" }, siteNavigation({ project, model, urlTo: context.urlTo })),
        h(
          "main",
          { id: "content", class: "text-column", "data-pagefind-body": "" },
          home ? undefined : context.header(page),
          body,
        ),
        headings ? h("aside", { class: "side page-menu" }, headings) : undefined,
      ),
      context.footer(),
    ),
  );
}

function currentLink({ url, model }: PageEvent<Reflection>): string | undefined {
  if (url === "index.html") return undefined;
  if (["guides/benchmarks.html", "guides/changelog.html", "guides/gallery.html"].includes(url)) return url;
  return model.isDocument() ? "guides/choosing-a-loss.html" : "modules.html";
}

/** One sentence about a page, for those who find it elsewhere. */
function summaryOf(model: Reflection): string {
  const text = model.isDocument() ? firstParagraph(model) : (model.comment?.summary ?? signatureSummary(model));
  const plain = typeof text === "string" ? text : text.map((part) => part.text).join("");
  return (plain.split(/\n\n|\n```/)[0] ?? "").replace(/\s+/g, " ").trim() || "Segmentation losses for TensorFlow.js";
}

function signatureSummary(model: Reflection): readonly { readonly text: string }[] {
  return (model.isDeclaration() && model.signatures?.[0]?.comment?.summary) || [];
}

function firstParagraph({ content }: DocumentReflection): string {
  const text = content.map((part) => part.text).join("");
  return text.split(/\n\n+/).find((paragraph) => /^[A-Z]/.test(paragraph)) ?? "";
}
