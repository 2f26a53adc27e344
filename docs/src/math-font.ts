import subsetFont from "subset-font";

/** Where Unicode has the italic letters that browsers show for a letter alone in a formula: the first upright one, how many, the first italic one. */
const italics = [
  [0x41, 26, 0x1d434],
  [0x61, 26, 0x1d44e],
  [0x391, 25, 0x1d6e2],
  [0x3b1, 25, 0x1d6fc],
] as const;

/** Italic letters that stand elsewhere: h, and the other forms of ∂, ϵ and ϕ. */
const strays: Readonly<Record<string, string>> = { h: "ℎ", "∂": "𝜕", ϵ: "𝜖", ϕ: "𝜙" };

/** The characters that formulas on these pages show. */
export function mathCharacters(pages: Iterable<string>): string {
  const shown = new Set("√");
  for (const page of pages) {
    for (const [formula] of page.matchAll(/<math[\s\S]*?<\/math>/g)) {
      const text = formula.replace(/<annotation[\s\S]*?<\/annotation>/g, "").replace(/<[^>]*>/g, "");
      for (const character of unescaped(text)) {
        shown.add(character);
        shown.add(italic(character));
      }
    }
  }
  return [...shown].sort().join("");
}

/**
 * A font for mathematics with nothing but these characters, and the sizes of them that its tables know: a twentieth of the whole.
 *
 * @param font - the whole font
 */
export function mathFont(font: Buffer, characters: string): Promise<Buffer> {
  return subsetFont(font, characters, { targetFormat: "woff2" });
}

function italic(character: string): string {
  const code = character.codePointAt(0) as number;
  const range = italics.find(([first, count]) => code >= first && code < first + count);
  return strays[character] ?? (range ? String.fromCodePoint(code - range[0] + range[2]) : character);
}

function unescaped(text: string): string {
  const names: Readonly<Record<string, string>> = { amp: "&", gt: ">", lt: "<", quot: '"' };
  return text.replace(/&(?:#x([0-9a-f]+)|(\w+));/gi, (_, code: string | undefined, name: string) =>
    code === undefined ? (names[name] ?? "") : String.fromCodePoint(Number.parseInt(code, 16)),
  );
}
