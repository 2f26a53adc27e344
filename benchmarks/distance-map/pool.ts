import { DistanceMapPool, distanceTransform } from "@lossary/distance-map/array";
import { createMask } from "./masks.ts";
import { median } from "./table.ts";

/** Arrays that are computed together. */
const BATCH = 8;

/** A batch on one thread and in pools, by the clock: milliseconds an array, results in arrays that are used again. */
export async function comparePools(shapes: readonly string[], rounds: number): Promise<string[]> {
  const lines = [
    `A batch of ${BATCH} spheres by the clock, every result in an array of its own that is used again:`,
    "",
    "| shape | one thread, ms an array | pool of 1 | pool of 2 | one thread / pool of 2 |",
    "| --- | --: | --: | --: | --: |",
  ];
  for (const name of shapes) {
    const shape = name.split("x").map(Number);
    const values = createMask("sphere", shape);
    const pools = [1, 2].map((workers) => new DistanceMapPool({ workers, queue: BATCH }));
    const spare: Float32Array[][] = [[], []];
    const own = Array.from({ length: BATCH }, () => new Float32Array(values.length));
    const ways = [
      async () => {
        for (const out of own) distanceTransform(values, shape, { out });
      },
      ...pools.map((pool, which) => async () => {
        const outs = spare[which];
        const jobs = Array.from({ length: BATCH }, () => {
          const out = outs?.pop();
          return pool.run("distanceTransform", values, shape, {}, out ? { out } : {});
        });
        outs?.push(...(await Promise.all(jobs)));
      }),
    ];
    const times = ways.map(() => [] as number[]);
    for (let round = -1; round < rounds; round++) {
      for (const [i, way] of ways.entries()) {
        globalThis.gc?.();
        const begin = performance.now();
        await way();
        if (round >= 0) times[i]?.push((performance.now() - begin) / BATCH);
      }
    }
    for (const pool of pools) await pool.close();
    const [one = NaN, first = NaN, second = NaN] = times.map(median);
    const cells = [name, ...[one, first, second].map((ms) => ms.toPrecision(3)), (one / second).toFixed(2)];
    lines.push(`| ${cells.join(" | ")} |`);
  }
  return lines;
}
