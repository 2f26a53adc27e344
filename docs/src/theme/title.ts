import {
  type DeclarationReflection,
  type DefaultThemeRenderContext,
  JSX,
  type PageEvent,
  type Reflection,
  ReflectionKind,
} from "typedoc";

const h = JSX.createElement;

/** The title of a page: its name, and of an export the package, with its version, and what kind of thing it is. */
export function pageTitle(context: DefaultThemeRenderContext, { model }: PageEvent<Reflection>): JSX.Element {
  if (model.isDocument()) return h("div", null); // its text begins with its heading
  const inside = parents(model).reverse();
  const kind = model.isProject() ? "All packages" : ReflectionKind.singularString(model.kind);
  return h(
    "div",
    { class: "page-title" },
    h(
      "p",
      { class: "page-kind", "data-pagefind-ignore": "" },
      ...inside.map((one) => h("a", { href: context.urlTo(one) }, one.name)),
      h("span", null, model.kindOf(ReflectionKind.Module) && inside.length === 0 ? "Package" : kind),
      versionOf(model) === undefined ? undefined : h("span", { class: "version" }, versionOf(model)),
    ),
    hasReadme(model) ? undefined : h("h1", null, model.isProject() ? "Packages" : model.name),
  );
}

function parents(model: Reflection): DeclarationReflection[] {
  const found: DeclarationReflection[] = [];
  for (let one = model.parent; one && !one.isProject(); one = one.parent) found.push(one as DeclarationReflection);
  return found;
}

/** The version of the package that a page belongs to. */
function versionOf(model: Reflection): string | undefined {
  const version = [model, ...parents(model)].map((one) => (one as DeclarationReflection).packageVersion).find(Boolean);
  return version === undefined ? undefined : versionText(version);
}

/** A version as it is shown; before the first release there is none. */
export function versionText(version: string): string {
  return version === "0.0.0" ? "not released yet" : `v${version}`;
}

/** A README begins with a heading of its own. */
function hasReadme(model: Reflection): boolean {
  return model.kindOf(ReflectionKind.Module) && ((model as DeclarationReflection).readme?.length ?? 0) > 0;
}
