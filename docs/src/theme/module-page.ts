import {
  type Comment,
  type CommentDisplayPart,
  type DeclarationReflection,
  type DefaultThemeRenderContext,
  JSX,
  type ProjectReflection,
  ReferenceReflection,
  type Reflection,
} from "typedoc";
import { exportGroups, packages } from "./navigation.ts";
import { versionText } from "./title.ts";

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
          module.packageVersion ? h("span", { class: "version" }, versionText(module.packageVersion)) : undefined,
        ),
        lead(context, module),
        ...exportLists(context, module),
      ),
    ),
  );
}

/** What a package is for: the first paragraph of its README, which begins with a heading. */
function lead(context: DefaultThemeRenderContext, { readme = [] }: DeclarationReflection): JSX.Element | undefined {
  const [first, ...others] = readme;
  if (first === undefined) return undefined;
  const text = { ...first, text: first.text.replace(/^\s*# .*\n+/, "") } as CommentDisplayPart;
  return h("div", { class: "package-lead" }, firstParagraph(context, [text, ...others]));
}

function commentOf(target: Reflection): Comment | undefined {
  return target.comment ?? (target.isDeclaration() ? target.signatures?.[0]?.comment : undefined);
}

function firstParagraph(context: DefaultThemeRenderContext, parts: readonly CommentDisplayPart[]): JSX.Element {
  const end = parts.findIndex(({ text }) => text.includes("\n\n"));
  const kept = end < 0 ? [...parts] : parts.slice(0, end + 1);
  const last = kept.at(-1);
  if (end >= 0 && last) kept[end] = { ...last, text: last.text.split("\n\n")[0] as string };
  return h(JSX.Raw, { html: context.markdown(kept) });
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
            h("dd", null, firstParagraph(context, commentOf(target)?.summary ?? [])),
          ];
        }),
      ),
    );
  });
}
