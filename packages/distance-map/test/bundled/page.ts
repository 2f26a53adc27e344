import { DistanceMapPool } from "../../src/array.ts";

/** What a page does with a pool, whose workers the bundler must have found: a result, and an error of a task. */
export default async function computeOnWorkers(): Promise<{ distances: number[]; rejected: string }> {
  const pool = new DistanceMapPool({ workers: 2 });
  const distances = await pool.run("distanceTransform", new Uint8Array([0, 1, 1, 1, 1]), [5], { spacing: 0.5 });
  const rejected = await pool.run("distanceTransform", new Uint8Array(3), [4]).then(String, String);
  await pool.close();
  return { distances: [...distances], rejected };
}
