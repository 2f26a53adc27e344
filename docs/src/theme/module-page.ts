import {
  type DeclarationReflection,
  type DefaultThemeRenderContext,
  JSX,
  type ProjectReflection,
  ReferenceReflection,
} from "typedoc";
import { exportGroups, packages } from "./navigation.ts";

const h = JSX.createElement;

/** The page of a package: its README, then every export with its first sentence. */
export function modulePage(context: DefaultThemeRenderContext, module: DeclarationReflection): JSX.Element {
  const { readme } = module;
  return h(
    JSX.Fragment,
    null,
    module.hasComment() ? h("section", { class: "tsd-comment" }, context.commentSummary(module)) : undefined,
    readme?.length
      ? h("section", { class: "tsd-typography" }, h(JSX.Raw, { html: context.markdown(readme) }))
      : undefined,
    ...exportLists(context, module),
  );
}

/** The page of all packages: what each is for, and its exports. */
export function moduleList(context: DefaultThemeRenderContext, project: ProjectReflection): JSX.Element {
  return h(
    JSX.Fragment,
    null,
    ...packages(project).map((module) =>
      h(
        "section",
        { class: "package" },
        h(
          "h2",
          { id: context.slugger.slug(module.name) },
          h("a", { href: context.urlTo(module) }, module.name),
          module.packageVersion ? h("span", { class: "version" }, `v${module.packageVersion}`) : undefined,
        ),
        ...exportLists(context, module),
      ),
    ),
  );
}

function exportLists(context: DefaultThemeRenderContext, module: DeclarationReflection): JSX.Element[] {
  return exportGroups(module).map(({ title, members }) => {
    const id = context.slugger.slug(title);
    return h(
      "section",
      { class: "exports" },
      h("h3", { id }, title),
      h(
        "dl",
        null,
        ...members.map((member) => {
          // What an entry exports again has its page where it comes from.
          const target = member instanceof ReferenceReflection ? member.getTargetReflectionDeep() : member;
          const anchor = target === member ? context.slugger.slug(member.name) : context.getAnchor(member);
          return [
            h("dt", { id: anchor }, h("a", { href: context.urlTo(target) }, member.name)),
            h("dd", null, context.commentShortSummary(target)),
          ];
        }),
      ),
    );
  });
}
