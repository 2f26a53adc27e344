/** The times of one case, by contender, in milliseconds. */
export interface Row {
  readonly shape: string;
  readonly content: string;
  readonly spacing: "equal" | "unequal";
  readonly ms: Readonly<Record<string, number>>;
}

/** Times of ours, and their ratios to the others': below 1 is faster than they. */
export function markdown(rows: readonly Row[], heading: string): string {
  const lines = [
    heading,
    "",
    "| shape | content | spacing | wasm, ms | TypeScript, ms | wasm / scipy | TypeScript / scipy | wasm / OpenCV | wasm / distance-transform |",
    "| --- | --- | --- | --: | --: | --: | --: | --: | --: |",
    ...rows.map(({ shape, content, spacing, ms }) => {
      const time = (name: string): string => (ms[name] ?? NaN).toPrecision(3);
      const ratio = (a: string, b: string): string =>
        ms[a] === undefined || ms[b] === undefined ? "" : (ms[a] / ms[b]).toFixed(3);
      const cells = [
        shape,
        content,
        spacing,
        time("wasm"),
        time("typescript"),
        ratio("wasm", "scipy"),
        ratio("typescript", "scipy"),
        ratio("wasm", "opencv"),
        ratio("wasm", "distance-transform"),
      ];
      return `| ${cells.join(" | ")} |`;
    }),
    "",
  ];
  return lines.join("\n");
}

/** What the targets ask, and what the rows say. */
export function targets(rows: readonly Row[]): string[] {
  const equal = rows.filter(({ spacing }) => spacing === "equal");
  const is3d = ({ shape }: Row): boolean => shape.split("x").length === 3;
  const against = (of: string, peer: string, among: readonly Row[]): number[] =>
    among.flatMap(({ ms }) => (ms[of] !== undefined && ms[peer] !== undefined ? [ms[of] / ms[peer]] : []));
  const wasm3d = against("wasm", "scipy", equal.filter(is3d));
  const wasm2d = against(
    "wasm",
    "scipy",
    equal.filter((row) => !is3d(row)),
  );
  const labelled = rows.flatMap((row) => {
    if (row.content !== "64 labels") return [];
    const binary = rows.find(
      (other) => other.shape === row.shape && other.spacing === row.spacing && other.content === "blobs",
    );
    return binary?.ms.wasm && row.ms.wasm ? [row.ms.wasm / binary.ms.wasm] : [];
  });
  const stretched = rows.flatMap((row) => {
    if (row.spacing === "equal") return [];
    const other = equal.find(({ shape, content }) => shape === row.shape && content === row.content);
    return other?.ms.wasm && row.ms.wasm ? [row.ms.wasm / other.ms.wasm] : [];
  });
  return [
    verdict("wasm / scipy, 3-D, every mask", Math.max(...wasm3d), 0.07),
    verdict("wasm / scipy, 2-D, every mask", Math.max(...wasm2d), 0.2),
    verdict("wasm / scipy, median", median([...wasm2d, ...wasm3d]), 0.04),
    verdict("wasm / OpenCV precise, 2-D, every mask", Math.max(...against("wasm", "opencv", equal)), 0.6),
    verdict(
      "TypeScript / scipy, 3-D, every mask",
      Math.max(...against("typescript", "scipy", equal.filter(is3d))),
      0.25,
    ),
    verdict("64 labels / blobs, wasm, worst shape", Math.max(...labelled), 3),
    verdict("unequal / equal spacing, wasm, median", median(stretched), 2),
    verdict("unequal / equal spacing, wasm, worst", Math.max(...stretched), 2),
  ];
}

function verdict(what: string, value: number, most: number): string {
  if (!Number.isFinite(value)) return `- ${what}: not measured (target ${most})`;
  return `- ${what}: ${value.toFixed(3)} (target ${most}${value <= most ? ", met" : ", missed"})`;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
}
