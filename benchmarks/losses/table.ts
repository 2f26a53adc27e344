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

/** Medians, and the ratios of ours to the others': below 1 is faster than they. */
export function comparison(rows: readonly Row[]): string {
  const peers = ["composed", "tf.losses", "torch", "floor"];
  const head = ["shape", "target", "loss", ...columns.map(titleOf), ...peers.map((peer) => `ours / ${titleOf(peer)}`)];
  const lines = rows.map(({ shape, target, loss, results }) => [
    shape.replaceAll("x", "×"),
    target,
    `\`${loss}\``,
    ...columns.map((name) => shown(results[name]?.median)),
    ...peers.map((peer) => ratio(results, peer)?.toFixed(3) ?? ""),
  ]);
  return table(head, lines, 3);
}

/** One row a loss, one column a problem: medians of the fused losses, with what they hold at most. */
export function everyLoss(rows: readonly Row[]): string {
  const problems = [...new Set(rows.map(({ shape, target }) => `${shape.replaceAll("x", "×")}, ${target}`))];
  const losses = [...new Set(rows.map(({ loss }) => loss))];
  const lines = losses.map((loss) => {
    const ofLoss = rows.filter((row) => row.loss === loss);
    const cells = problems.map((problem) => {
      const row = ofLoss.find(({ shape, target }) => `${shape.replaceAll("x", "×")}, ${target}` === problem);
      return shown(row?.results.fused?.median);
    });
    const most = Math.max(...ofLoss.map(peakInGradients));
    return [`\`${loss}\``, ...cells, most.toFixed(1)];
  });
  return table(["loss", ...problems, "peak, in gradients"], lines, 1);
}

/** Where the time of a pass goes: the forward and the backward kernel, all the small ones together, and what is not in kernels. */
export function profiles(rows: readonly Row[]): string {
  const head = ["shape", "target", "loss", "both kernels", "small kernels", "how many", "between", "the floor"];
  const lines = rows.flatMap(({ shape, target, loss, results }) => {
    const { fused, floor } = results;
    if (!fused?.parts || !floor) return [];
    const [longest, second, others] = fused.parts;
    const large = longest + second;
    return [
      [
        shape.replaceAll("x", "×"),
        target,
        `\`${loss}\``,
        shown(large),
        shown(others),
        String((fused.kernels ?? 2) - 2),
        shown(Math.max(0, fused.median - large - others)),
        shown(floor.median),
      ],
    ];
  });
  return table(head, lines, 3);
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
