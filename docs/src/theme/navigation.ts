import {
  type DeclarationReflection,
  type DocumentReflection,
  JSX,
  type ProjectReflection,
  type Reflection,
  ReflectionKind,
} from "typedoc";
import { documentPath, sections } from "./documents.ts";

const h = JSX.createElement;

/** What the navigation needs to know of the page that it stands on. */
interface Here {
  readonly project: ProjectReflection;
  readonly model: Reflection;
  readonly urlTo: (target: Reflection) => string | undefined;
}

/** The list of pages on the left: the sections of documents, then the packages, that of the page open. */
export function siteNavigation(here: Here): JSX.Element {
  return h(
    "nav",
    { class: "site-navigation", "aria-label": "Pages" },
    ...documentSections(here.project).map(({ title, documents }) =>
      h("section", null, h("h2", null, title), list(here, documents)),
    ),
    h(
      "section",
      null,
      h("h2", null, "Packages"),
      h("ul", null, ...packages(here.project).map((one) => packageItem(here, one))),
    ),
  );
}

/** The documents of the project, section by section. */
export function documentSections(
  project: ProjectReflection,
): { readonly title: string; readonly documents: readonly DocumentReflection[] }[] {
  const documents = new Map((project.documents ?? []).map((one) => [documentPath(one), one]));
  const placed = sections.map(({ title, pages }) => ({
    title,
    documents: pages.flatMap((page) => {
      const found = documents.get(page);
      documents.delete(page);
      return found ?? [];
    }),
  }));
  const others = [...documents].filter(([path]) => !path.startsWith("decisions/")).map(([, one]) => one);
  placed.at(-1)?.documents.push(...others);
  return placed.filter(({ documents }) => documents.length > 0);
}

/** The packages, the ones that most readers want first. */
export function packages(project: ProjectReflection): readonly DeclarationReflection[] {
  const modules = project.getChildrenByKind(ReflectionKind.Module);
  const rank = ({ name }: DeclarationReflection): number =>
    name.includes("losses") ? 0 : name.includes("metrics") ? 1 : name.includes("distance") ? 2 : 3;
  return modules.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

/** The exports of a package in the order in which they are listed: losses, other functions, the rest. */
export function exportGroups(
  module: DeclarationReflection,
): { readonly title: string; readonly members: readonly DeclarationReflection[] }[] {
  const all = module.children ?? [];
  const nested = all.filter((one) => one.kindOf(ReflectionKind.SomeModule));
  const callable = all.filter((one) => one.kindOf(ReflectionKind.Function));
  const isLoss = ({ name }: DeclarationReflection): boolean => name.endsWith("Loss");
  const types = all.filter((one) => one.kindOf(ReflectionKind.Interface | ReflectionKind.TypeAlias));
  const groups = [
    { title: "Entries", members: nested },
    { title: "Losses", members: callable.filter(isLoss) },
    { title: "Functions", members: callable.filter((one) => !isLoss(one)) },
    {
      title: "Classes and values",
      members: all.filter((one) => ![nested, callable, types].some((some) => some.includes(one))),
    },
    { title: "Types", members: types },
  ];
  return groups.filter(({ members }) => members.length > 0);
}

function packageItem(here: Here, module: DeclarationReflection): JSX.Element {
  const inside = here.model === module || contains(module, here.model);
  const name = module.name.replace("@lossary/", "");
  const content = inside
    ? exportGroups(module).map(({ title, members }) => [
        h("h3", null, title),
        list(here, members),
        ...members
          .filter((one) => contains(one, here.model) || one === here.model)
          .flatMap((one) => nestedLists(here, one)),
      ])
    : [];
  return h("li", null, link(here, module, name), ...content);
}

/** The exports of an entry such as `array`, below it. */
function nestedLists(here: Here, entry: DeclarationReflection): JSX.Element[] {
  if (!entry.kindOf(ReflectionKind.SomeModule)) return [];
  return exportGroups(entry).flatMap(({ title, members }) => [
    h("h3", null, `${entry.name}: ${title.toLowerCase()}`),
    list(here, members),
  ]);
}

function contains(parent: Reflection, inner: Reflection): boolean {
  for (let one = inner.parent; one; one = one.parent) if (one === parent) return true;
  return false;
}

function list(here: Here, targets: readonly Reflection[]): JSX.Element {
  return h("ul", null, ...targets.map((target) => h("li", null, link(here, target, target.name))));
}

function link(here: Here, target: Reflection, text: string): JSX.Element {
  return h("a", { href: here.urlTo(target), "aria-current": target === here.model ? "page" : undefined }, text);
}
