/**
 * What frames every page of the site, those of typedoc and those that vite builds: style sheet, colours, toolbar, search.
 *
 * The parts of a page that vite builds: `frameHead` in its head, `toolbar` first in its body, then `<main id="content" data-pagefind-body>`. The
 * plugin `siteFrame` puts the first two in. The colours are the custom properties of `browser/frame.css`; `data-theme` on the root says what
 * the reader chose, and the window hears `lossary-theme` when that changes.
 */

/** A link of the toolbar, relative to the root of the site. */
export interface ToolbarLink {
  readonly title: string;
  readonly href: string;
}

/**
 * What belongs into the head: the sheet, and the colours that the reader chose, before anything is painted.
 *
 * @param base - the way from the page to the root of the site, such as `../`
 */
export function frameHead(base: string): string {
  return `<link rel="icon" href="${base}assets/icon.svg" type="image/svg+xml"/>
${["source-sans", "source-serif", "source-code"].map((font) => preload(`${base}assets/${font}.woff2`)).join("\n")}
<link rel="stylesheet" href="${base}assets/frame.css"/>
<script>try { document.documentElement.dataset.theme = localStorage.getItem("lossary-theme") ?? "os"; } catch {}</script>
<script type="module" src="${base}assets/frame.js"></script>`;
}

/** Tells the browser to fetch a font at once. */
export function preload(font: string): string {
  return `<link rel="preload" href="${font}" as="font" type="font/woff2" crossorigin="anonymous"/>`;
}

/**
 * The bar on top of every page, the first thing in its body.
 *
 * @param base - the way from the page to the root of the site
 * @param links - where the bar leads
 * @param current - the `href` of the link that the page belongs to
 */
export function toolbar(base: string, links: readonly ToolbarLink[], current?: string): string {
  const items = links.map(
    ({ title, href }) => `<a href="${base}${href}"${href === current ? ' aria-current="page"' : ""}>${title}</a>`,
  );
  return `<a class="skip-link" href="#content">Skip to the text</a>
<header class="toolbar" data-base="${base}" data-pagefind-ignore="all">
<button class="tool menu-button" type="button" aria-label="Menu" aria-expanded="false" hidden>${icons.menu}</button>
<a class="wordmark" href="${base}index.html"><img src="${base}assets/icon.svg" alt="" width="24" height="24"/>Lossary</a>
<nav aria-label="Site">${items.join("\n")}</nav>
<button class="tool search-button" type="button" aria-keyshortcuts="Control+K" hidden>${icons.search}<span>Search</span><kbd>Ctrl K</kbd></button>
<button class="tool theme-button" type="button" aria-label="Change between light and dark" hidden>${icons.theme}</button>
</header>`;
}

const icon = (content: string): string =>
  `<svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" aria-hidden="true">${content}</svg>`;

const icons = {
  menu: icon('<path d="M4 7h16M4 12h16M4 17h16"/>'),
  search: icon('<circle cx="10.5" cy="10.5" r="6"/><path d="m15 15 5 5"/>'),
  theme: icon('<circle cx="12" cy="12" r="8"/><path d="M12 4a8 8 0 0 1 0 16z" fill="currentColor"/>'),
} as const;
