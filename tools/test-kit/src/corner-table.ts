import { type AnyLoss, lossOf } from "./evaluate.ts";

/** Five voxels of one class in a row. */
const corners = { empty: [0, 0, 0, 0, 0], mixed: [0, 0, 0, 1, 1], full: [1, 1, 1, 1, 1] };

/**
 * What losses cost at the corners, as a table in Markdown: truth and prediction each without the class, with some, with nothing else.
 * A README holds it, and a test compares the two.
 */
export function cornerTable(losses: Readonly<Record<string, AnyLoss>>): string {
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
