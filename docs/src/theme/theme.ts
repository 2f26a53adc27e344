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
    override memberSignatureBody = (signature: SignatureReflection): JSX.Element =>
      signatureBody(this, signature, {
        hasPortrait: portraits.has(signature.name),
        corners: corners.get(signature.name),
      });

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
