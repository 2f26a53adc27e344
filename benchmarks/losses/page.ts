import { comparison, everyLoss, peakInGradients, type Results, type Row, ratio } from "./table.ts";

/** The page of the documentation that shows what was measured. */
export function page({ node, torch, rounds, rows }: Results): string {
  const compared = rows.filter(({ results }) => results.composed || results.torch);
  const sections = ["wasm", "cpu"].flatMap((backend) => {
    const ofBackend = rows.filter((row) => row.backend === backend);
    if (ofBackend.length === 0) return [];
    const others = compared.filter((row) => row.backend === backend);
    return [
      `## On the ${backend} backend`,
      ...(others.length > 0 ? [comparison(others)] : []),
      `### Every loss, ${backend}`,
      everyLoss(ofBackend),
    ];
  });
  const text = [
    "# Benchmarks",
    "One forward and one backward pass with respect to the logits, in milliseconds of processor time: ours on fused kernels and on portable ones, the same formula " +
      "composed of tfjs ops as one writes it down, `tf.losses` where that has the loss, and PyTorch on one thread.",
    "![Ours, PyTorch and composed tfjs ops on the wasm backend, one-hot labels](benchmarks.svg)",
    `Node ${node}, PyTorch ${torch ?? "not there"}, medians of up to ${rounds} rounds in which every contender has its turn in changing order (of 2 where one pass takes longer ` +
      "than 0.6 s). Ratios are those of the medians: below 1 is faster than they. The peak is the most that a pass holds beside its inputs, in arrays as large as the predictions. " +
      "Losses with distances measure them in each pass; a map from a data loader spares that.",
    "`npx -y pnpm@12 bench` measures anew and writes this page; `npx -y pnpm@12 --filter @lossary/benchmarks bench:losses --losses diceLoss --shapes 8x256x256x1 --add` a part of it. " +
      "Without a Python that has PyTorch, its column stays empty.",
    "## Targets",
    targets(rows).join("\n"),
    "What bounds the rest: one class at 8×256×256×1 takes two SIMD passes, for Dice of about 1.1 ms each when they are measured alone, and behind them some 80 small tfjs kernels, about 1 ms " +
      "whatever the size. Both passes take the exponentials anew, so that nothing is held between them; PyTorch keeps its probabilities. An empty cell was not measured; the cores were shared with other work.",
    ...sections,
  ];
  return `${text.join("\n\n")}\n`;
}

/** What the targets ask, and the worst that the rows say. */
function targets(rows: readonly Row[]): string[] {
  const isRegion = ({ loss }: Row) => loss === "diceLoss" || loss === "tverskyLoss";
  const on = (backend: string) => (row: Row) => row.backend === backend;
  const worst = (what: string, most: number, peer: string, among: (row: Row) => boolean) =>
    verdict(
      what,
      most,
      rows.filter(among).flatMap((row) => withName(row, ratio(row.results, peer))),
    );
  return [
    worst("wasm, Dice and Tversky, to composed ops", 0.1, "composed", (row) => on("wasm")(row) && isRegion(row)),
    worst(
      "wasm, cross entropy and focal, to composed ops",
      0.08,
      "composed",
      (row) => on("wasm")(row) && !isRegion(row),
    ),
    worst("cpu, to composed ops", 0.012, "composed", on("cpu")),
    worst("wasm, to PyTorch", 0.9, "torch", on("wasm")),
    worst(
      "wasm, to PyTorch, 1×128×128×128×3",
      0.5,
      "torch",
      (row) => on("wasm")(row) && row.shape === "1x128x128x128x3",
    ),
    verdict(
      "peak of the four losses, in gradients",
      1.1,
      rows.filter(({ results }) => results.torch).flatMap((row) => withName(row, peakInGradients(row))),
    ),
  ];
}

function withName({ shape, target, loss }: Row, value: number | undefined): [number, string][] {
  return value === undefined ? [] : [[value, `\`${loss}\`, ${shape.replaceAll("x", "×")}, ${target}`]];
}

function verdict(what: string, most: number, values: readonly [number, string][]): string {
  if (values.length === 0) return `- ${what}: not measured (target ${most})`;
  const [value, where] = values.reduce((worst, one) => (one[0] > worst[0] ? one : worst));
  const met = values.filter(([one]) => one <= most).length;
  return `- ${what}: at most ${most} in ${met} of ${values.length}; the worst is ${value.toFixed(3)} (${where})`;
}
