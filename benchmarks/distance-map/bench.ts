import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Case, type Contender, ours, pythons, scijs } from "./contenders.ts";
import { createLabels, createMask, MASKS } from "./masks.ts";
import { measureMemory } from "./memory.ts";
import { comparePools } from "./pool.ts";
import { startPython } from "./python.ts";
import { markdown, median, type Row, targets } from "./table.ts";

const { values: options } = parseArgs({
  options: {
    shapes: { type: "string", default: "512x512,2048x2048,128x128x128,256x256x256" },
    rounds: { type: "string", default: "7" },
    contents: { type: "string", default: [...MASKS, "64 labels"].join(",") },
  },
});

const python = await startPython();
if (!python) console.error("no Python with scipy here: ours run alone");
const folder = join(tmpdir(), `lossary-bench-${process.pid}`);
mkdirSync(folder);
const rows: Row[] = [];

/** Every contender once a round, in shuffled order, so that a busy minute falls on all of them; medians. */
async function measure(contenders: readonly Contender[], rounds: number): Promise<Record<string, number>> {
  const times = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  for (const { name, run } of contenders) for (let i = 0; i < (name === "scipy" ? 1 : 3); i++) await run();
  for (let round = 0; round < rounds; round++) {
    for (const { name, run } of contenders.toSorted(() => Math.random() - 0.5)) {
      globalThis.gc?.();
      times.get(name)?.push(await run());
    }
  }
  return Object.fromEntries([...times].map(([name, list]) => [name, median(list)]));
}

for (const name of options.shapes.split(",")) {
  const shape = name.split("x").map(Number);
  const voxels = shape.reduce((product, extent) => product * extent, 1);
  const rounds = Math.max(1, Math.round(Number(options.rounds) / (voxels > 1e7 ? 3 : 1)));
  for (const content of options.contents.split(",")) {
    const labels = content === "64 labels";
    const values = labels ? createLabels(shape) : createMask(content as (typeof MASKS)[number], shape);
    const file = join(folder, "mask.bin");
    writeFileSync(file, values);
    await python?.ask({ load: file, shape });
    for (const spacing of ["equal", "unequal"] as const) {
      const steps = spacing === "equal" ? shape.map(() => 1) : [2.5, 0.7, 0.7].slice(0, shape.length);
      const one: Case = { shape, spacing: steps, values, labels };
      const contenders = ours(one);
      if (!labels && python) contenders.push(...pythons(python, one));
      if (!labels && spacing === "equal") contenders.push(scijs(one));
      const row: Row = { shape: name, content, spacing, ms: await measure(contenders, rounds) };
      rows.push(row);
      console.log(markdown([row], "").split("\n")[4]);
    }
  }
}

python?.end();
rmSync(folder, { recursive: true });
const versions = Object.entries(python?.versions ?? {}).map(([peer, version]) => `${peer} ${version}`);
const heading = `Measured on 2 shared cores, Node ${process.versions.node}, ${[...versions, "distance-transform 1.0.2"].join(", ")}; medians of processor time over rounds in which every contender ran once on one thread.`;
const shapes = options.shapes.split(",");
const more = [...(await comparePools(shapes, Number(options.rounds))), "", ...measureMemory(shapes)];
const text = `${markdown(rows, heading)}\n${targets(rows).join("\n")}\n\n${more.join("\n")}\n`;
const results = new URL("../results/", import.meta.url);
mkdirSync(results, { recursive: true });
writeFileSync(new URL("distance-map.md", results), text);
writeFileSync(new URL("distance-map.json", results), `${JSON.stringify({ versions, rows }, null, 1)}\n`);
console.log(`\n${text}`);
