import { join, relative, sep } from "node:path";
import type { Plugin } from "vite";
import { frameHead, toolbar } from "./frame.ts";
import { siteLinks } from "./site-links.ts";

/**
 * Frames the pages of a vite project like the rest of the site.
 *
 * @param root - the root of the repository
 */
export function siteFrame(root: string): Plugin {
  return {
    name: "site-frame",
    transformIndexHtml: {
      order: "post",
      handler(html, { filename }) {
        const page = relative(join(root, "docs/playground"), filename).split(sep).join("/");
        const base = "../".repeat(page.split("/").length - 1);
        return html
          .replace("</head>", () => `${frameHead(base)}\n</head>`)
          .replace(/<body[^>]*>/, (body) => `${body}\n${toolbar(base, siteLinks(root), page)}`);
      },
    },
  };
}
