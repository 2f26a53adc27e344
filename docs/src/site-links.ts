import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ToolbarLink } from "./frame.ts";

/** Where the bar on top can lead, and the file of the repository that the page is made from. */
const pages = [
  { title: "Guides", href: "guides/choosing-a-loss.html", source: "docs/choosing-a-loss.md" },
  { title: "API", href: "modules.html", source: "packages" },
  { title: "Playground", href: "playground/index.html", source: "docs/playground/playground/index.html" },
  { title: "Learn live", href: "learn/index.html", source: "docs/playground/learn/index.html" },
  { title: "Gallery", href: "guides/gallery.html", source: "docs/gallery.md" },
  { title: "Benchmarks", href: "guides/benchmarks.html", source: "docs/benchmarks.md" },
  { title: "Changes", href: "guides/changelog.html", source: "docs/changelog.md" },
] as const;

/** The links of the bar, to the pages that the repository under `root` has. */
export function siteLinks(root: string): ToolbarLink[] {
  return pages.filter(({ source }) => existsSync(join(root, source))).map(({ title, href }) => ({ title, href }));
}
