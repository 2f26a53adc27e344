import { type AnyLoss, lossOf } from "@lossary/test-kit";

/** Five voxels of one class in a row. */
const corners = { empty: [0, 0, 0, 0, 0], mixed: [0, 0, 0, 1, 1], full: [1, 1, 1, 1, 1] };

/**
 * A README with its table of corners as the losses compute it now. A test compares that with the README as it stands, and writes it where
 * the environment holds `LOSSARY_WRITE`.
 */
export function withCornerTable(readme: string, losses: Readonly<Record<string, AnyLoss>>): string {
  const table = /^\| truth, prediction \|.*(\n\|.*)*/m;
  if (!table.test(readme))
    throw new Error("withCornerTable: the README has no table that begins with | truth, prediction |");
  return readme.replace(table, () => cornerTable(losses));
}

/** The losses among the exports of a package. */
export function lossesAmong(exports: object): string[] {
  const names = Object.keys(exports).filter((name) => name.endsWith("Loss"));
  if (names.length === 0) throw new Error("lossesAmong: there is no loss among the exports");
  return names.sort();
}

/** What losses cost at the corners, as a table in Markdown: truth and prediction each without the class, with some, with nothing else. */
function cornerTable(losses: Readonly<Record<string, AnyLoss>>): string {
  const pairs = Object.entries(corners).flatMap(([truth, labels]) =>
    Object.entries(corners).map(([prediction, predictions]) => ({
      title: `${truth}, ${prediction}`,
      labels,
      predictions,
    })),
  );
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const values = (loss: AnyLoss) =>
    pairs.map(({ labels, predictions }) =>
      shown(lossOf(loss, { shape: [1, 5, 1], predictions, labels }).values[0] as number),
    );
  return [
    row(["truth, prediction", ...pairs.map(({ title }) => title)]),
    row(new Array<string>(pairs.length + 1).fill("---")),
    ...Object.entries(losses).map(([name, loss]) => row([`\`${name}\``, ...values(loss)])),
  ].join("\n");
}

/** Four digits, which every backend agrees on. */
function shown(value: number): string {
  return Number(value.toPrecision(4)).toString();
}
