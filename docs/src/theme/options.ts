import {
  DeclarationReflection as Declaration,
  type DeclarationReflection,
  IntersectionType,
  LiteralType,
  ReferenceType,
  ReflectionType,
  type SignatureReflection,
  type SomeType,
  UnionType,
} from "typedoc";

/** Every property of an options type by its name, whatever the type is made of: interfaces, aliases, intersections, `Omit`, `Pick`. */
export function optionsOf(
  type: SomeType | undefined,
  signature?: SignatureReflection,
): Map<string, DeclarationReflection> {
  const none = new Map<string, DeclarationReflection>();
  if (type instanceof IntersectionType) return new Map(type.types.flatMap((one) => [...optionsOf(one, signature)]));
  if (type instanceof ReflectionType) return named(type.declaration.children);
  if (!(type instanceof ReferenceType)) return none;
  const parameter = signature?.typeParameters?.find(({ name }) => name === type.name);
  if (parameter !== undefined) return optionsOf(parameter.type, signature);
  const [inner, names] = type.typeArguments ?? [];
  if (["Omit", "Pick"].includes(type.name)) {
    const listed = words(names);
    const kept = [...optionsOf(inner, signature)].filter(([name]) => listed.includes(name) === (type.name === "Pick"));
    return new Map(kept);
  }
  if (["Readonly", "Partial", "Required"].includes(type.name)) return optionsOf(inner, signature);
  const target = type.reflection;
  if (!(target instanceof Declaration)) return none;
  return target.children ? named(target.children) : optionsOf(target.type);
}

function named(children: readonly DeclarationReflection[] = []): Map<string, DeclarationReflection> {
  return new Map(children.map((child) => [child.name, child]));
}

function words(type: SomeType | undefined): readonly unknown[] {
  if (type instanceof UnionType) return type.types.flatMap(words);
  return type instanceof LiteralType ? [type.value] : [];
}
