/** What a picture is drawn on. */
interface Frame {
  readonly width: number;
  readonly height: number;
  readonly label: string;
  /** Rules of its own for a light page, and what a dark one changes. */
  readonly light: string;
  readonly dark: string;
}

/** A picture of the documentation, in the colours of Okabe and Ito as all of them. */
export function picture({ width, height, label, light, dark }: Frame, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">`,
    // a ground of its own for either scheme, since as a picture it does not see the page's
    `<style>.ground{fill:#ffffff}text{font:12px system-ui,sans-serif;fill:#24292f}.small{font-size:11px}${light}` +
      `@media(prefers-color-scheme:dark){.ground{fill:#161b22}text{fill:#e6edf3}${dark}}</style>`,
    `<rect class="ground" width="${width}" height="${height}" rx="6"/>`,
    ...parts,
    "</svg>\n",
  ].join("\n");
}
