import type { DocumentReflection } from "typedoc";

/** The parts of pages that are made when the site is built, by the names that `<!-- made: name -->` calls them. */
export type MadeParts = Readonly<Record<string, () => Promise<string>>>;

const marker = /^<!-- made: ([a-z]+) -->$/gm;

/** The parts that documents ask for, made. */
export async function makeParts(texts: readonly string[], parts: MadeParts): Promise<ReadonlyMap<string, string>> {
  const names = new Set(texts.flatMap((text) => [...text.matchAll(marker)].map(([, name]) => name as string)));
  const made = new Map<string, string>();
  for (const name of names) {
    const make = parts[name];
    if (make === undefined)
      throw new Error(`docs: there is no part "${name}" (there are ${Object.keys(parts).join(", ")})`);
    made.set(name, await make());
  }
  return made;
}

/** Puts the made parts into a document. */
export function insertParts({ content }: DocumentReflection, made: ReadonlyMap<string, string>): void {
  for (const part of content) part.text = part.text.replaceAll(marker, (_all, name: string) => made.get(name) ?? "");
}
