import {
  type CommentTag,
  type DeclarationReflection,
  type DefaultThemeRenderContext,
  JSX,
  type ParameterReflection,
  type SignatureReflection,
} from "typedoc";
import { optionsOf } from "./options.ts";
import { optionsTable } from "./options-table.ts";

const h = JSX.createElement;

const titles: Readonly<Record<string, string>> = { "@throws": "Errors", "@see": "Literature", "@example": "Example" };

/** What a page says about a function: text, arguments, a table of options, result, and the tags in the order in which they are written. */
export function signatureBody(context: DefaultThemeRenderContext, signature: SignatureReflection): JSX.Element {
  const { parameters = [], comment } = signature;
  const returns = comment?.getTag("@returns");
  const tags = (comment?.blockTags ?? []).filter(({ tag }) => tag in titles);
  return h(
    JSX.Fragment,
    null,
    comment
      ? h("div", { class: "tsd-typography text" }, h(JSX.Raw, { html: facts(context.markdown(comment.summary)) }))
      : undefined,
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
    ...["@throws", "@example", "@see"].map((name) => {
      const same = tags.filter(({ tag }) => tag === name);
      return section(context, titles[name] as string, same.length > 0 && same.map((tag) => prose(context, tag)));
    }),
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
