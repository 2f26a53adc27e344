import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { JSX } from "typedoc";

const h = JSX.createElement;

const masks = ["empty", "mixed", "full"] as const;

/** What each loss costs at the corners, as the tables in the packages' READMEs have it, which tests compare with the losses. */
export type Corners = ReadonlyMap<string, readonly string[]>;

/** Reads the tables of corners of all packages under `root`. */
export function readCorners(root: string): Corners {
  const rows = globSync("packages/*/README.md", { cwd: root }).flatMap((file) => {
    const [, section = ""] = readFileSync(join(root, file), "utf8").split(/^## Corners$/m);
    return [...section.matchAll(/^\| `(\w+)` \|(.*)\|$/gm)].map(
      ([, name, cells]) => [name as string, (cells as string).split("|").map((cell) => cell.trim())] as const,
    );
  });
  return new Map(rows.filter(([, cells]) => cells.length === masks.length ** 2));
}

/** The corners of one loss, truth by prediction. */
export function cornerTable(cells: readonly string[]): JSX.Element {
  return h(
    JSX.Fragment,
    null,
    h(
      "p",
      null,
      "One class, five voxels in a row, probabilities of 0 and 1, options at their defaults. ",
      h("code", null, "empty"),
      " is 0 0 0 0 0, ",
      h("code", null, "mixed"),
      " 0 0 0 1 1, ",
      h("code", null, "full"),
      " 1 1 1 1 1. Where every voxel is ignored, the loss is 0.",
    ),
    h(
      "div",
      { class: "table", tabIndex: 0 },
      h(
        "table",
        { class: "corners" },
        h(
          "thead",
          null,
          h(
            "tr",
            null,
            h("th", { scope: "col" }, "Truth"),
            ...masks.map((mask) => h("th", { scope: "col" }, `predicted ${mask}`)),
          ),
        ),
        h(
          "tbody",
          null,
          ...masks.map((truth, row) =>
            h(
              "tr",
              null,
              h("th", { scope: "row" }, truth),
              ...masks.map((_, column) => h("td", null, cells[3 * row + column])),
            ),
          ),
        ),
      ),
    ),
  );
}
