import type { Measured } from "./measure.ts";

/** The results of one loss on one problem and backend, by contender. */
export interface Row {
  readonly backend: string;
  readonly shape: string;
  readonly target: string;
  readonly loss: string;
  readonly results: Readonly<Record<string, Measured>>;
}

const columns = ["fused", "portable", "composed", "tf.losses", "torch"] as const;

/** Medians, and the ratios of our fastest pass to the others' fastest, which a busy machine spoils least: below 1 is faster than they. */
export function markdown(rows: readonly Row[]): string {
  const ratios = ["composed", "tf.losses", "torch"].map((peer) => `fused / ${peer}`);
  const head = ["backend", "shape", "target", "loss", ...columns.map((name) => `${name}, ms`), ...ratios];
  const lines = rows.map(({ backend, shape, target, loss, results }) => [
    backend,
    shape,
    target,
    loss,
    ...columns.map((name) => results[name]?.median.toPrecision(3) ?? ""),
    ...["composed", "tf.losses", "torch"].map((peer) => ratio(results, peer)?.toFixed(3) ?? ""),
  ]);
  const memory = rows.map(({ backend, shape, target, loss, results }) => {
    const gradient = 4 * shape.split("x").reduce((product, side) => product * Number(side), 1);
    const of = (name: string) =>
      results[name]?.bytes === undefined
        ? ["", ""]
        : [String(results[name].kernels), (results[name].bytes / gradient).toFixed(2)];
    return [backend, shape, target, loss, ...["fused", "portable", "composed"].flatMap(of)];
  });
  const memoryHead = ["fused", "portable", "composed"].flatMap((name) => [`${name}: kernels`, "peak in gradients"]);
  return [
    table(head, lines, 4),
    "",
    table(["backend", "shape", "target", "loss", ...memoryHead], memory, 4),
    "",
    ...targets(rows),
    "",
  ].join("\n");
}

function table(head: readonly string[], lines: readonly (readonly string[])[], texts: number): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, index) => (index < texts ? "---" : "--:"))), ...lines.map(line)].join("\n");
}

function ratio(results: Row["results"], peer: string): number | undefined {
  const [ours, theirs] = [results.fused, results[peer]];
  return ours && theirs ? ours.least / theirs.least : undefined;
}

/** What the targets ask, and the worst that the rows say. */
function targets(rows: readonly Row[]): string[] {
  const worst = (what: string, most: number, peer: string, among: (row: Row) => boolean) => {
    const ratios = rows.filter(among).flatMap(({ results }) => ratio(results, peer) ?? []);
    if (ratios.length === 0) return `- ${what}: not measured (target ${most})`;
    const value = Math.max(...ratios);
    return `- ${what}: ${value.toFixed(3)} (target ${most}, ${value <= most ? "met" : "missed"})`;
  };
  const isRegion = ({ loss }: Row) => loss === "dice" || loss === "tversky";
  return [
    worst("wasm, region, to composed ops", 0.1, "composed", (row) => row.backend === "wasm" && isRegion(row)),
    worst("wasm, distribution, to composed ops", 0.08, "composed", (row) => row.backend === "wasm" && !isRegion(row)),
    worst("cpu, to composed ops", 0.012, "composed", ({ backend }) => backend === "cpu"),
    worst("wasm, to PyTorch", 0.9, "torch", ({ backend }) => backend === "wasm"),
    worst("wasm, to PyTorch at 1x128x128x128x3", 0.5, "torch", ({ backend, shape }) => {
      return backend === "wasm" && shape === "1x128x128x128x3";
    }),
  ];
}
