import { compared } from "./ours.ts";
import {
  comparison,
  everyLoss,
  peakInGradients,
  problemsOf,
  profiles,
  type Results,
  type Row,
  ratio,
} from "./table.ts";

/** The page of the documentation that shows what was measured. */
export function page({ node, torch, rounds, rows }: Results): string {
  const sections = ["wasm", "cpu"].flatMap((backend) => {
    const ofBackend = rows.filter((row) => row.backend === backend);
    if (ofBackend.length === 0) return [];
    return [
      `## On the ${backend} backend`,
      "Ours in milliseconds, in brackets over PyTorch's.",
      everyLoss(ofBackend),
      ...problemsOf(ofBackend).flatMap(({ title, isOf }) => [
        `### ${title}, ${backend}`,
        comparison(ofBackend.filter(isOf)),
        `#### Where the time goes, ${title}, ${backend}`,
        profiles(ofBackend.filter(isOf)),
      ]),
    ];
  });
  const text = [
    "# Benchmarks",
    "One forward and one backward pass with respect to the logits, in milliseconds of processor time: ours on fused kernels and on portable ones, the same formula " +
      "composed of tfjs ops as one writes it down, `tf.losses` where that has the loss, and PyTorch on one thread, its distances by SciPy. All get the same numbers, and what they find is compared.",
    "![Our time over PyTorch's, loss by loss, on the wasm backend, one-hot labels: left of 1 ours is faster](benchmarks-pytorch.svg)",
    "![Ours, PyTorch and composed tfjs ops on the wasm backend, one-hot labels](benchmarks.svg)",
    `Node ${node}, PyTorch ${torch ?? "not there"}, medians of up to ${rounds} rounds in which every contender has its turn in changing order (of 2 where one pass takes longer ` +
      "than 0.6 s, of one beyond 6 s). Ratios are those of the medians: below 1 is faster than they. The peak is the most that a pass holds beside its inputs, in arrays as large as the predictions. " +
      "Losses with distances measure them in each pass; a map from a data loader spares that.",
    "`npx -y pnpm@12 bench` measures anew and writes this page; `npx -y pnpm@12 --filter @lossary/benchmarks bench:losses --losses diceLoss --shapes 8x256x256x1 --add` a part of it. " +
      "Without a Python that has PyTorch, its column stays empty. What a part leaves out stays as it was measured before: here the portable columns are of an earlier run.",
    "## Targets",
    targets(rows).join("\n"),
    "What bounds the rest stands below the table of each problem, kernel by kernel: nearly everywhere the one or two kernels that read the voxels, and of them exponentials and memory. The floor is " +
      "one pass that reads the logits, takes the softmax or the sigmoid and writes as much as a gradient, on the same kernels; a loss and its gradient take the exponentials once (a focal loss beside overlap twice), read the targets " +
      "once or twice, write what the forward pass leaves, and add up. A twelfth of the composed ops is little more than that floor: tfjs's own softmax runs faster " +
      "on this version of Node than where the targets were set; and half of PyTorch's time in the volume is less than the floor, or little more, for the losses that PyTorch has in one op. " +
      "PyTorch has vectors of eight numbers with a fused multiply-add, WebAssembly vectors of four without: an exponential to 1e-7 is some 22 instructions for four. " +
      "A quarter to a third of a kernel with several classes are copies between the memory of tfjs and the module's own ([why](decisions/0028-the-modules-keep-their-own-memory.md)). " +
      "With one class a pass is so short that the small tfjs kernels behind the sums are a fifth of it. Class indices are looked at once more than one-hot labels, to know whether any is ignored, and where a loss needs maps of labels they are made of them. Top-K makes its map, chooses, and multiplies what that pass has left of the gradient by what was chosen, " +
      "which is three reads where PyTorch has three as well; the sort is four fifths of Lovász losses. " +
      "Where a composed loss is a few thousandths off, its sums are: tfjs adds up in single precision. Balls in a volume, of up to " +
      "24,405 voxels around each, are measured on fused kernels alone: convolutions multiply by every one of them and would take minutes a pass. An empty cell was not measured. The wasm backend was measured alone, on a machine that is shared: a number that stands out beside its neighbours was disturbed. What stands for cpu with one-hot labels in the volume, or is not of the last run, was measured before.",
    ...sections,
  ];
  return `${text.join("\n\n")}\n`;
}

/** What the targets ask, and the worst that the rows say. */
function targets(rows: readonly Row[]): string[] {
  const on = (backend: string) => (row: Row) => row.backend === backend;
  const ofTargets = ({ loss }: Row) => compared.includes(loss);
  const isRegion = ({ loss }: Row) => loss === "diceLoss" || loss === "tverskyLoss";
  const worst = (what: string, most: number, peer: string, among: (row: Row) => boolean) =>
    verdict(
      what,
      most,
      rows.filter(among).flatMap((row) => withName(row, ratio(row.results, peer))),
    );
  return [
    worst("wasm, to PyTorch", 0.9, "torch", on("wasm")),
    worst(
      "wasm, to PyTorch, 1×128×128×128×3",
      0.5,
      "torch",
      (row) => on("wasm")(row) && row.shape === "1x128x128x128x3",
    ),
    worst("wasm, Dice and Tversky, to composed ops", 0.1, "composed", (row) => on("wasm")(row) && isRegion(row)),
    worst(
      "wasm, cross entropy and focal, to composed ops",
      0.08,
      "composed",
      (row) => on("wasm")(row) && ofTargets(row) && !isRegion(row),
    ),
    worst("wasm, all other losses, to composed ops", 0.1, "composed", (row) => on("wasm")(row) && !ofTargets(row)),
    worst("cpu, to composed ops", 0.012, "composed", on("cpu")),
    worst("wasm and cpu, to the floor", 4, "floor", () => true),
    floorTo("composed ops", "composed", rows.filter(on("wasm"))),
    floorTo("PyTorch", "torch", rows.filter(on("wasm"))),
    floorTo(
      "PyTorch, 1×128×128×128×3",
      "torch",
      rows.filter((row) => on("wasm")(row) && row.shape === "1x128x128x128x3"),
    ),
    verdict("wasm, int32 labels, to one-hot ones", 1, indexed(rows.filter(on("wasm")))),
    verdict("wasm, 8, 32 and 100 classes, time a number, to 4 classes", 2, grown(rows.filter(on("wasm")))),
    verdict(
      `peak of ${compared.join(", ")}, in gradients`,
      1.1,
      rows.filter((row) => ofTargets(row) && row.results.floor).flatMap((row) => withName(row, peakInGradients(row))),
    ),
  ];
}

/** What no kernel can be faster than, in the time of a peer. */
function floorTo(title: string, peer: string, rows: readonly Row[]): string {
  const ratios = rows.flatMap(({ results: { floor, [peer]: other } }) =>
    floor && other ? [floor.median / other.median] : [],
  );
  if (ratios.length === 0) return `- wasm, the floor to ${title}: not measured`;
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  return `- wasm, the floor itself to ${title}: from ${least.toFixed(3)} to ${most.toFixed(3)}`;
}

/** Our time with class indices over that with one-hot labels, of the same loss and shape. */
function indexed(rows: readonly Row[]): [number, string][] {
  return rows.flatMap((row) => {
    const other = rows.find(
      ({ shape, loss, target }) => shape === row.shape && loss === row.loss && target === "one-hot",
    );
    if (row.target !== "int32" || !row.results.fused || !other) return [];
    return withName(row, (row.results.fused?.median ?? NaN) / (other.results.fused?.median ?? NaN));
  });
}

/** Our time for each number of the predictions with many classes, over that with four. */
function grown(rows: readonly Row[]): [number, string][] {
  const each = ({ shape, results }: Row) =>
    (results.fused?.median ?? NaN) / shape.split("x").reduce((product, side) => product * Number(side), 1);
  return rows.flatMap((row) => {
    const few = rows.find(
      (other) => other.shape.endsWith("x4") && other.loss === row.loss && other.target === row.target,
    );
    const classes = Number(row.shape.split("x").at(-1));
    return few && classes >= 8 ? withName(row, each(row) / each(few)) : [];
  });
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
