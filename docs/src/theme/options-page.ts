import { DeclarationReflection, type DefaultThemeRenderContext, JSX, type Reflection, ReflectionKind } from "typedoc";
import { optionsTable } from "./options-table.ts";

const h = JSX.createElement;

/** The page of an interface whose members are options: the table that its functions show too. */
export function optionsPage(context: DefaultThemeRenderContext, model: Reflection): JSX.Element | undefined {
  if (!(model instanceof DeclarationReflection) || !model.kindOf(ReflectionKind.Interface)) return undefined;
  const { children = [], signatures, indexSignatures, typeHierarchy } = model;
  if (signatures || indexSignatures || !children.every((one) => one.kindOf(ReflectionKind.Property))) return undefined;
  return h(
    JSX.Fragment,
    null,
    h("section", { class: "tsd-comment" }, context.commentSummary(model), context.commentTags(model)),
    model.typeParameters?.length ? context.typeParameters(model.typeParameters) : undefined,
    optionsTable(context, children, true),
    typeHierarchy?.next ? context.hierarchy(typeHierarchy) : undefined,
  );
}
