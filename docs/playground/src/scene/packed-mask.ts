import { deflateSync, inflateSync } from "fflate";

/** A mask as text for a link: deflated, in the letters that a URL may hold. */
export function packed(mask: Uint8Array): string {
  const deflated = deflateSync(mask, { level: 9 });
  const text = btoa(String.fromCharCode(...deflated));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The mask behind a text of {@link packed}; throws where it is none of so many pixels and classes. */
export function unpacked(text: string, pixels: number, classes: number): Uint8Array {
  const deflated = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) =>
    letter.charCodeAt(0),
  );
  // a length that is known beforehand keeps a small text from becoming a large array; one pixel more than that is too long already
  const mask = inflateSync(deflated, { out: new Uint8Array(pixels + 1) });
  if (mask.length !== pixels) throw new Error(`a mask must have ${pixels} pixels (got ${mask.length})`);
  if (mask.some((label) => label >= classes)) throw new Error(`a mask must have classes below ${classes}`);
  return mask;
}
