/** The bytes of which WebAssembly SIMD modules have most, as hexadecimal digits; all others follow in their order. */
const frequent =
  "0020fd014104020b09216a03220ce6050d08e4400a80061007230e0fe515c0131174171aeb1214e91b7f19e81643491d1846" +
  "6c4e3fa8ae7b4bf065425b5f1f1c1e72ea48ab5273e771c8bf60906dac69b09533d6a02447";

/** Printable characters that no quoting touches: one for each of the most frequent bytes, and two that stand before another. */
const characters = " !#%&()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~";
const singles = 87;

/** Every byte, in the order of their codes. */
function order(): number[] {
  const first = frequent.match(/../g)?.map((digits) => Number.parseInt(digits, 16)) ?? [];
  return [...first, ...Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => !first.includes(byte))];
}

/**
 * Bytes as a text in which most of them are one character. After gzip it is as short as the bytes are, where hexadecimal digits are an eighth longer
 * and base64, which cuts bytes apart, more.
 */
export function textOf(bytes: Iterable<number>): string {
  const codes: string[] = [];
  for (const [place, byte] of order().entries()) {
    const [group, at] = [Math.floor(place / singles), place % singles];
    codes[byte] = (group === 0 ? "" : (characters[singles + group - 1] as string)) + characters[at];
  }
  return Array.from(bytes, (byte) => codes[byte]).join("");
}

/** The bytes of such a text. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  const ordered = order();
  let [size, group] = [0, 0];
  for (const character of text) {
    const at = characters.indexOf(character);
    if (at < singles) {
      bytes[size++] = ordered[group * singles + at] as number;
      group = 0;
    } else group = at - singles + 1;
  }
  return bytes.slice(0, size);
}
