import type { DocumentReflection } from "typedoc";

/** A section of the navigation and the pages that stand in it, by their paths without `.md`; `*` stands for all others below it. */
interface Section {
  readonly title: string;
  readonly pages: readonly string[];
}

/** The order in which the pages are read. A page that is named nowhere stands in the last section. */
export const sections: readonly Section[] = [
  {
    title: "Getting started",
    pages: [
      "guides/getting-started-browser",
      "guides/getting-started-node",
      "guides/getting-started-layers",
      "guides/training-loop",
      "in-browsers",
    ],
  },
  {
    title: "Guides",
    pages: [
      "choosing-a-loss",
      "guides/masks-and-weights",
      "guides/integer-labels-and-memory",
      "guides/boundaries-and-distance-maps",
      "guides/shards-and-accumulation",
      "guides/your-own-loss",
      "integrating",
    ],
  },
  {
    title: "Coming from",
    pages: [
      "guides/coming-from-monai",
      "guides/coming-from-smp",
      "guides/coming-from-keras",
      "guides/coming-from-nnunet",
      "guides/coming-from-segloss-odyssey",
    ],
  },
  {
    title: "Reference",
    pages: ["conventions", "conventions-beyond-survey", "gallery", "backends", "benchmarks", "changelog"],
  },
  { title: "The project", pages: ["architecture", "adding-a-loss", "conformance", "decisions/README"] },
];

/** Where a document was, before its heading became its name. */
const paths = new WeakMap<DocumentReflection, string>();

/** Calls a document by its first heading, and remembers the path that typedoc called it by. */
export function nameDocument(document: DocumentReflection): void {
  paths.set(document, document.name);
  const text = document.content.map(({ text }) => text).join("");
  const heading = /^# (.+)$/m.exec(text)?.[1];
  if (heading !== undefined) document.name = heading.replaceAll("`", "");
}

/** The path of a document below `docs`, without `.md`. */
export function documentPath(document: DocumentReflection): string {
  return paths.get(document) ?? document.name;
}
