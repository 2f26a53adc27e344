declare module "subset-font" {
  /** The font with the glyphs of `text` alone. */
  export default function subsetFont(
    font: Buffer,
    text: string,
    options?: { readonly targetFormat?: "sfnt" | "woff" | "woff2" },
  ): Promise<Buffer>;
}
