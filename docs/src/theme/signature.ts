import {
  type CommentTag,
  type DeclarationReflection,
  type DefaultThemeRenderContext,
  JSX,
  type ParameterReflection,
  type SignatureReflection,
} from "typedoc";
import { cornerTable } from "./corners.ts";
import { optionsOf } from "./options.ts";
import { optionsTable } from "./options-table.ts";

const h = JSX.createElement;

/** What is shown of a loss beside its documentation. */
interface Extras {
  readonly hasPortrait: boolean;
  /** Its row of the table of corners. */
  readonly corners: readonly string[] | undefined;
}

const titles: Readonly<Record<string, string>> = { "@throws": "Errors", "@see": "Literature", "@example": "Example" };

/** What a page says about a function: text, arguments, a table of options, result, and the tags in the order in which they are written. */
export function signatureBody(
  context: DefaultThemeRenderContext,
  signature: SignatureReflection,
  { hasPortrait, corners }: Extras,
): JSX.Element {
  const { parameters = [], comment } = signature;
  const returns = comment?.getTag("@returns");
  const tags = (comment?.blockTags ?? []).filter(({ tag }) => tag in titles);
  return h(
    JSX.Fragment,
    null,
    comment
      ? h("div", { class: "tsd-typography text" }, h(JSX.Raw, { html: facts(context.markdown(comment.summary)) }))
      : undefined,
    hasPortrait ? portrait(context, signature.name) : undefined,
    signature.typeParameters?.length ? context.typeParameters(signature.typeParameters) : undefined,
    section(
      context,
      "Arguments",
      parameters.length > 0 && h("dl", { class: "arguments" }, ...parameters.map((one) => argument(context, one))),
    ),
    ...parameters.map((one) => parameterOptions(context, signature, one)),
    section(context, "Returns", [
      h("p", { class: "type" }, context.type(signature.type)),
      returns ? prose(context, returns) : undefined,
    ]),
    section(context, "Corners", corners && cornerTable(corners)),
    ...["@throws", "@example", "@see"].map((name) => {
      const same = tags.filter(({ tag }) => tag === name);
      const title = name === "@see" && !same.some(isPaper) ? "See also" : (titles[name] as string);
      return section(context, title, same.length > 0 && same.map((tag) => prose(context, tag)));
    }),
  );
}

/** What stands elsewhere, and not on another page of the site. */
function isPaper({ content }: CommentTag): boolean {
  return content.some(({ text }) => text.includes("https://"));
}

function portrait(context: DefaultThemeRenderContext, name: string): JSX.Element {
  const caption =
    "The loss over an image whose left half is the target: one half right, all voxels of the other at p. Over a disc of radius 6 that is predicted beside its place, or too small or too large. And where descent pushes the logits on a lesion (line) that was predicted wrongly (dashes): up in orange, down in blue, by the square root.";
  return h(
    "figure",
    { class: "portrait" },
    h("img", {
      src: context.relativeURL(`pictures/losses/${name}.svg`),
      alt: `Portrait of ${name}`,
      width: "456",
      height: "352",
      loading: "lazy",
    }),
    h("figcaption", null, caption),
  );
}

function section(context: DefaultThemeRenderContext, title: string, content: JSX.Children): JSX.Element | undefined {
  if (!content) return undefined;
  const id = context.slugger.slug(title);
  context.page.pageHeadings.push({ link: `#${id}`, text: title, level: 2 });
  return h("section", { class: `part ${id}` }, h("h2", { id }, title), content);
}

function prose(context: DefaultThemeRenderContext, { content }: CommentTag): JSX.Element {
  return h("div", { class: "tsd-typography" }, h(JSX.Raw, { html: context.markdown(content) }));
}

function argument(context: DefaultThemeRenderContext, parameter: ParameterReflection): JSX.Element[] {
  const { name, flags, type, comment } = parameter;
  return [
    h(
      "dt",
      null,
      h("code", null, `${flags.isRest ? "..." : ""}${name}${flags.isOptional || parameter.defaultValue ? "?" : ""}`),
      h("span", { class: "type" }, context.type(type)),
    ),
    h("dd", { class: "tsd-typography" }, comment ? h(JSX.Raw, { html: context.markdown(comment.summary) }) : undefined),
  ];
}

function parameterOptions(
  context: DefaultThemeRenderContext,
  signature: SignatureReflection,
  { name, type }: ParameterReflection,
): JSX.Element | undefined {
  const options: DeclarationReflection[] = [...optionsOf(type, signature).values()];
  if (name !== "options" || options.length === 0) return undefined;
  return section(context, "Options", optionsTable(context, options));
}

/** Range and differences stand out: they are what a reader looks for. */
function facts(html: string): string {
  return html
    .replaceAll(/<p>(Range|Corners?|Values?)\b:?/g, '<p class="fact"><strong>$1</strong>')
    .replaceAll(/<p>Differs from:?/g, '<p class="fact differs"><strong>Differs from</strong>');
}
