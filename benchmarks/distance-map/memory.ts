import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createDistancePlan } from "@lossary/distance-map/array";
import { createMask } from "./masks.ts";

/** What a transform needs beside its input and its output, the code included: one process a measurement. */
export function measureMemory(shapes: readonly string[]): string[] {
  const lines = [
    "| shape | output, MiB | wasm, MiB beside it | TypeScript, MiB beside it |",
    "| --- | --: | --: | --: |",
  ];
  for (const name of shapes) {
    const voxels = name.split("x").reduce((product, extent) => product * Number(extent), 1);
    const cells = ["wasm", "typescript"].map((backend) => {
      const flags = ["--conditions=@lossary/source", "--expose-gc", fileURLToPath(import.meta.url), name, backend];
      const { stdout } = spawnSync(process.execPath, flags, { encoding: "utf8" });
      return Number(stdout).toFixed(1);
    });
    lines.push(`| ${[name, ((4 * voxels) / 2 ** 20).toFixed(1), ...cells].join(" | ")} |`);
  }
  return lines;
}

/** In the process of its own: what arrays and the module take while a new plan transforms into a given output. */
function growth(shape: readonly number[], backend: "wasm" | "typescript"): number {
  const mask = createMask("sphere", shape);
  const out = new Float32Array(mask.length).fill(1);
  globalThis.gc?.();
  const before = process.memoryUsage();
  createDistancePlan(shape, { backend }).run(mask, out);
  const after = process.memoryUsage();
  // the module's memory is neither an array's nor on the heap, so the resident set tells of it
  const arrays = after.external - before.external;
  return Math.max(arrays, after.rss - before.rss) / 2 ** 20;
}

const [, script, name, backend] = process.argv;
if (script === fileURLToPath(import.meta.url)) {
  console.log(growth((name ?? "").split("x").map(Number), backend as "wasm" | "typescript"));
}
