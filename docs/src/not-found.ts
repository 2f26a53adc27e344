import { readFileSync } from "node:fs";
import type { ToolbarLink } from "./frame.ts";

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), "utf8");

/**
 * The page that servers such as GitHub Pages show in the place of one that is not there, whatever its path. It fetches nothing, since it does not know
 * from where; what it links to is found from the first folder of the site in the path.
 *
 * @param links - where it leads, beside the first page
 * @param folders - the folders of the site
 */
export function notFoundPage(links: readonly ToolbarLink[], folders: readonly string[]): string {
  const inside = `/(${folders.join("|")})/.*`;
  const icon = `data:image/svg+xml,${encodeURIComponent(read("browser/icon.svg").trim())}`;
  const ways = [{ title: "First page", href: "index.html" }, ...links.slice(0, 2)];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="robots" content="noindex"/>
<title>No such page | Lossary</title>
<link rel="icon" href="${icon}" type="image/svg+xml"/>
<style>${withoutFonts(read("browser/frame.css"))}${style}</style>
<script>
const base = document.createElement("base");
base.href = location.pathname.replace(new RegExp(${JSON.stringify(inside)}), "/").replace(/[^/]*$/, "");
document.head.append(base);
try { document.documentElement.dataset.theme = localStorage.getItem("lossary-theme") ?? "os"; } catch {}
</script>
</head>
<body>
<header class="toolbar"><a class="wordmark" href="index.html"><img src="${icon}" alt="" width="24" height="24"/>Lossary</a></header>
<main>
<h1>There is no page here</h1>
<p>It may have moved, or what it is about has another name now.</p>
<p class="actions">${ways.map(({ title, href }) => `<a href="${href}">${title}</a>`).join("\n")}</p>
</main>
</body>
</html>
`;
}

const style = `main { max-width: 46rem; margin: 0 auto; padding: 10vh 1.25rem; }
h1 { margin: 0 0 1rem; font: 600 clamp(1.9rem, 1.4rem + 2vw, 2.6rem) / 1.2 var(--serif); text-wrap: balance; }
.actions { display: flex; flex-wrap: wrap; gap: 0.6rem; }
.actions a { padding: 0.5rem 1.1rem; border: 1px solid var(--accent); border-radius: 0.5rem; text-decoration: none; }
`;

function withoutFonts(css: string): string {
  return css.replace(/@font-face \{[^}]*\}\n/g, "");
}
