import {
  type DeclarationReflection,
  DefaultTheme,
  DefaultThemeRenderContext,
  JSX,
  type PageEvent,
  type ProjectReflection,
  type Reflection,
  type RenderTemplate,
  type SignatureReflection,
} from "typedoc";
import type { ToolbarLink } from "../frame.ts";
import type { Corners } from "./corners.ts";
import { homePage } from "./home.ts";
import { layout } from "./layout.ts";
import { moduleList, modulePage } from "./module-page.ts";
import { optionsPage } from "./options-page.ts";
import { signatureBody } from "./signature.ts";
import { pageTitle } from "./title.ts";

const h = JSX.createElement;

/** What the pages show beside what typedoc read. */
interface SiteParts {
  readonly links: readonly ToolbarLink[];
  /** The losses that have a portrait. */
  readonly portraits: ReadonlySet<string>;
  readonly corners: Corners;
  /** The picture on the first page. */
  readonly picture: string | undefined;
}

/** The pages of the site: typedoc's content in a frame of our own, with an options table on every function, and a portrait on some. */
export function siteTheme({ links, portraits, corners, picture }: SiteParts): typeof DefaultTheme {
  class SiteContext extends DefaultThemeRenderContext {
    override defaultLayout = (
      template: RenderTemplate<PageEvent<Reflection>>,
      page: PageEvent<Reflection>,
    ): JSX.Element => layout(this, links, page, template);
    override indexTemplate = (page: PageEvent<ProjectReflection>): JSX.Element => homePage(this, links, page, picture);
    override header = (page: PageEvent<Reflection>): JSX.Element => pageTitle(this, page);
    override footer = (): JSX.Element =>
      h(
        "footer",
        { class: "site-footer" },
        h("p", null, "Lossary is free software under the MIT licence. This page works offline."),
      );
    override moduleReflection = (module: DeclarationReflection | ProjectReflection): JSX.Element =>
      module.isProject() ? moduleList(this, module) : modulePage(this, module);
    override memberSignatureBody = (signature: SignatureReflection): JSX.Element => {
      const { first, isLast } = overloads(signature);
      if (!isLast) return h(JSX.Fragment, null);
      return signatureBody(this, first, { hasPortrait: portraits.has(first.name), corners: corners.get(first.name) });
    };
    // Where something is declared is of use to those who have the repository open, and they find it there.
    override memberSources = (): JSX.Element => h(JSX.Fragment, null);

    constructor(...parts: ConstructorParameters<typeof DefaultThemeRenderContext>) {
      super(...parts);
      const page = this.reflectionTemplate;
      this.reflectionTemplate = (event) => optionsPage(this, event.model) ?? page(event);
    }
  }
  return class extends DefaultTheme {
    override ContextClass = SiteContext;
  };
}

/** Of signatures with one and the same text the first stands for all, and is shown below the last. */
function overloads(signature: SignatureReflection): { readonly first: SignatureReflection; readonly isLast: boolean } {
  const text = ({ comment }: SignatureReflection): string => comment?.summary.map((part) => part.text).join("") ?? "";
  const same = (signature.parent.signatures ?? [signature]).filter((one) => text(one) === text(signature));
  return { first: same[0] ?? signature, isLast: same.at(-1) === signature };
}
