import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { Parser } from "htmlparser2";

interface Page {
  readonly anchors: ReadonlySet<string>;
  readonly links: readonly string[];
  /** What the browser fetches to show the page. */
  readonly assets: readonly string[];
}

/**
 * Every link within the site that leads nowhere, everything that a page would fetch from elsewhere (the site works offline), and every page that
 * no way leads to from the first one.
 */
export function linkProblems(site: string): string[] {
  const files = globSync("**/*.{html,svg}", { cwd: site }).sort();
  const pages = new Map(files.map((file) => [file, readPage(join(site, file))]));
  const problems = files.flatMap((file) => {
    const { links, assets } = pages.get(file) as Page;
    const broken = [...new Set([...links, ...assets])]
      .filter((link) => !isExternal(link) && !leadsSomewhere(site, file, link, pages))
      .map((link) => `${file}: the link ${link} leads nowhere`);
    const fetched = [...new Set(assets.filter((asset) => isExternal(asset) && !asset.startsWith("data:")))].map(
      (asset) => `${file}: fetches ${asset}`,
    );
    return [...broken, ...fetched];
  });
  if (!files.some((file) => file.endsWith(".html"))) return ["the site has no page"];
  return [...problems, ...unreached(site, pages)];
}

/** The pages to which no chain of links leads from `index.html`. */
function unreached(site: string, pages: ReadonlyMap<string, Page>): string[] {
  const reached = new Set(["index.html"]);
  // A set is walked in the order of insertion, what is added on the way included.
  for (const file of reached) {
    for (const link of pages.get(file)?.links ?? []) {
      if (!isExternal(link)) reached.add(targetOf(site, file, link).file);
    }
  }
  reached.add("404.html"); // to which a server leads
  const missed = [...pages.keys()].filter((file) => file.endsWith(".html") && !reached.has(file));
  return missed.map((file) => `${file}: no way leads here from index.html`);
}

function leadsSomewhere(site: string, from: string, link: string, pages: ReadonlyMap<string, Page>): boolean {
  const { file, anchor } = targetOf(site, from, link);
  const page = pages.get(file);
  if (page === undefined) return anchor === "" && existsSync(join(site, file));
  return anchor === "" || page.anchors.has(anchor);
}

function targetOf(site: string, from: string, link: string): { readonly file: string; readonly anchor: string } {
  const [path = "", anchor = ""] = link.split("#", 2).map((part) => decodeURIComponent(part));
  const target = path === "" ? from : normalize(join(dirname(from), path.split("?")[0] as string));
  const isFolder = existsSync(join(site, target)) && statSync(join(site, target)).isDirectory();
  return { file: isFolder ? join(target, "index.html") : target, anchor };
}

function readPage(file: string): Page {
  const page = { anchors: new Set<string>(), links: [] as string[], assets: [] as string[] };
  const parser = new Parser({
    onopentag(name, { id, href, src, name: anchor }) {
      if (id !== undefined) page.anchors.add(id);
      if (name === "a" && anchor !== undefined) page.anchors.add(anchor);
      if (href !== undefined) (name === "link" ? page.assets : page.links).push(href);
      if (src !== undefined) page.assets.push(src);
    },
  });
  parser.end(readFileSync(file, "utf8"));
  return page;
}

function isExternal(link: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(link);
}
