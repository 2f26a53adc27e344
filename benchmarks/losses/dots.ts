import { picture } from "./picture.ts";
import { lossesOf, type Results, ratio } from "./table.ts";

const shapes = [
  { shape: "2x512x512x4", mark: "a" },
  { shape: "1x128x128x128x3", mark: "b" },
  { shape: "8x256x256x1", mark: "c" },
] as const;

const [left, right, width, line, head, foot] = [230, 30, 760, 17, 52, 24];
const [least, most] = [1 / 16, 8];

/** One line a loss, one dot a shape: how our time stands to PyTorch's, on a scale of halves and doubles. */
export function dots({ rows }: Results): string {
  const shown = rows.filter(
    ({ backend, target, results }) => backend === "wasm" && target === "one-hot" && results.torch,
  );
  const middle = (loss: string) => {
    const ratios = shown
      .filter((row) => row.loss === loss)
      .map(({ results }) => Math.log(ratio(results, "torch") ?? 1));
    return ratios.reduce((sum, one) => sum + one, 0) / ratios.length;
  };
  const losses = lossesOf(shown).toSorted((a, b) => middle(a) - middle(b));
  const height = head + line * losses.length + foot;
  const lines = losses.flatMap((loss, index) => {
    const y = head + line * index + line / 2;
    const ofLoss = shapes.flatMap(({ shape, mark }) => {
      const row = shown.find((one) => one.loss === loss && one.shape === shape);
      const value = row && ratio(row.results, "torch");
      if (value === undefined) return [];
      const title = `${loss}, ${shape.replaceAll("x", "×")}: ${value.toFixed(2)}`;
      return [`<circle class="${mark}" cx="${at(value)}" cy="${y}" r="4.5"><title>${title}</title></circle>`];
    });
    return [
      `<text x="${left - 12}" y="${y + 4}" text-anchor="end">${loss}</text>`,
      `<path class="grid" d="M${left} ${y}H${width - right}"/>`,
      ...ofLoss,
    ];
  });
  const frame = {
    width,
    height,
    label: "Our time over PyTorch's, loss by loss",
    light:
      ".grid{stroke:#d8dee4}.even{stroke:#57606a;stroke-width:1.5}.a{fill:#0072b2}.b{fill:#d55e00}.c{fill:#009e73}",
    dark: ".grid{stroke:#30363d}.even{stroke:#9198a1}.a{fill:#56b4e9}.b{fill:#e8863a}.c{fill:#2cc295}",
  };
  return picture(frame, [legend(), axis(height), ...lines]);
}

/** Where a ratio stands; beyond the ends it stands at the end. */
function at(value: number): string {
  const share = Math.log(Math.min(most, Math.max(least, value)) / least) / Math.log(most / least);
  return (left + share * (width - left - right)).toFixed(1);
}

function legend(): string {
  return shapes
    .map(({ shape, mark }, index) => {
      const x = left + 170 * index;
      return `<circle class="${mark}" cx="${x}" cy="14" r="4.5"/><text x="${x + 10}" y="18">[${shape.replaceAll("x", ", ")}]</text>`;
    })
    .join("");
}

function axis(height: number): string {
  const ticks = [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8];
  const named = (tick: number) => (tick < 1 ? `1/${1 / tick}` : String(tick));
  return ticks
    .map(
      (tick) =>
        `<path class="${tick === 1 ? "even" : "grid"}" d="M${at(tick)} ${head - 6}V${height - foot + 4}"/>` +
        `<text class="small" x="${at(tick)}" y="${head - 12}" text-anchor="middle">${named(tick)}</text>`,
    )
    .join("");
}
