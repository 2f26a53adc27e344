import type { Measured } from "./measure.ts";

/** The results of one loss on one problem and backend, by contender. */
export interface Row {
  readonly backend: string;
  readonly shape: string;
  readonly target: string;
  readonly loss: string;
  readonly results: Readonly<Record<string, Measured>>;
}

/** What a run has measured, and on what. */
export interface Results {
  readonly node: string;
  readonly torch?: string | undefined;
  readonly rounds: number;
  readonly rows: readonly Row[];
}

const columns = ["fused", "portable", "composed", "tf.losses", "torch"] as const;

/** The medians of one problem with their ratios, below 1 where ours is faster, and the most that ours holds. */
export function comparison(rows: readonly Row[]): string {
  const taken = columns.filter((name) => rows.some(({ results }) => results[name]));
  const peers = ["composed", "tf.losses", "torch", "floor"].filter((name) => rows.some(({ results }) => results[name]));
  const head = [
    "loss",
    ...taken.map(titleOf),
    ...peers.map((peer) => `ours / ${titleOf(peer)}`),
    "kernels",
    "peak, in gradients",
  ];
  const lines = rows.map((row) => [
    `\`${row.loss}\``,
    ...taken.map((name) => shown(row.results[name]?.median)),
    ...peers.map((peer) => ratio(row.results, peer)?.toFixed(3) ?? ""),
    String(row.results.fused?.kernels ?? ""),
    row.results.fused?.bytes === undefined ? "" : peakInGradients(row).toFixed(1),
  ]);
  return table(head, lines, 1);
}

/** One row a loss, one column a problem: medians of the fused losses, and behind them their ratio to PyTorch. */
export function everyLoss(rows: readonly Row[]): string {
  const problems = problemsOf(rows);
  const lines = lossesOf(rows).map((loss) => {
    const cells = problems.map(({ isOf }) => {
      const row = rows.find((one) => one.loss === loss && isOf(one));
      const toTorch = row && ratio(row.results, "torch");
      return `${shown(row?.results.fused?.median)}${toTorch === undefined ? "" : ` (${toTorch.toFixed(2)})`}`;
    });
    return [`\`${loss}\``, ...cells];
  });
  return table(["loss", ...problems.map(({ title }) => title)], lines, 1);
}

/** A problem of some rows. */
export interface ProblemOfRows {
  readonly title: string;
  readonly isOf: (row: Row) => boolean;
}

/** The problems of rows in the order in which they come. */
export function problemsOf(rows: readonly Row[]): ProblemOfRows[] {
  const titleOfRow = ({ shape, target }: Row) => `${shape.replaceAll("x", "×")}, ${target}`;
  const titles = [...new Set(rows.map(titleOfRow))];
  return titles.map((title) => ({ title, isOf: (row) => titleOfRow(row) === title }));
}

/** The losses of rows in the order in which they come. */
export function lossesOf(rows: readonly Row[]): string[] {
  return [...new Set(rows.map(({ loss }) => loss))];
}

/** Where the time of a pass goes: the kernels that take longest, all the others together, and what is not in kernels. */
export function profiles(rows: readonly Row[]): string {
  const head = ["loss", "the kernels that take longest", "others", "between", "ours", "the floor", "PyTorch"];
  const lines = rows.flatMap(({ loss, results: { fused, torch }, ...problem }) => {
    if (!fused?.parts || fused.others === undefined) return [];
    const inKernels = fused.parts.reduce((sum, { ms }) => sum + ms, fused.others);
    const shownParts = fused.parts.filter(({ ms }) => ms >= worthNaming * fused.median);
    const small = inKernels - shownParts.reduce((sum, { ms }) => sum + ms, 0);
    return [
      [
        `\`${loss}\``,
        shownParts
          .map(({ kernel, launches, ms }) => `${kernelName(kernel)} ${launchesOf(launches)}${shown(ms)}`)
          .join(", "),
        shown(small),
        shown(Math.max(0, fused.median - inKernels)),
        shown(fused.median),
        shown(floorOf(rows, problem)),
        shown(torch?.median),
      ],
    ];
  });
  return table(head, lines, 2);
}

/** What takes less than this share of a pass is not named. */
const worthNaming = 0.04;

function kernelName(kernel: string): string {
  return kernel.replace("Lossary", "");
}

function launchesOf(launches: number): string {
  return launches === 1 ? "" : `${launches} × `;
}

/** The floor of a problem, which is measured beside the losses of the targets. */
function floorOf(rows: readonly Row[], { shape, target }: Pick<Row, "shape" | "target">): number | undefined {
  return rows.find((row) => row.shape === shape && row.target === target && row.results.floor)?.results.floor?.median;
}

/** The most bytes that a pass held beside its inputs, in arrays as large as the predictions. */
export function peakInGradients({ shape, results }: Row): number {
  const gradient = 4 * shape.split("x").reduce((product, side) => product * Number(side), 1);
  return (results.fused?.bytes ?? 0) / gradient;
}

/** Our median over another's. */
export function ratio(results: Row["results"], peer: string): number | undefined {
  const [own, theirs] = [results.fused, results[peer]];
  return own && theirs ? own.median / theirs.median : undefined;
}

/** What a contender is called in a table. */
export function titleOf(contender: string): string {
  const titles: Record<string, string> = {
    fused: "ours",
    portable: "ours, portable",
    composed: "tfjs ops",
    torch: "PyTorch",
    floor: "the floor",
  };
  return titles[contender] ?? contender;
}

function shown(value: number | undefined): string {
  return value === undefined ? "" : value >= 1000 ? value.toFixed(0) : value.toPrecision(3);
}

function table(head: readonly string[], lines: readonly (readonly string[])[], texts: number): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, index) => (index < texts ? "---" : "--:"))), ...lines.map(line)].join("\n");
}
