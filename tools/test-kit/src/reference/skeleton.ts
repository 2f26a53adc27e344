import { boxOffsets, faceOffsets, neighbourAt } from "./neighbourhood.ts";

/** The soft skeleton: what opening removes at each depth of erosion, joined by s + d - s d. Ignored voxels are not read. */
export function softSkeleton(
  spatial: readonly number[],
  valid: readonly boolean[],
  image: readonly number[],
  iterations: number,
): number[] {
  const windows = (offsets: number[][]) =>
    image.map((_, i) =>
      offsets.flatMap((offset) => {
        const neighbour = neighbourAt(spatial, i, offset);
        return neighbour !== undefined && valid[neighbour] ? [neighbour] : [];
      }),
    );
  const crosses = windows([spatial.map(() => 0), ...faceOffsets(spatial.length)]);
  const boxes = windows(boxOffsets(spatial.length));
  const pool = (field: readonly number[], around: readonly number[][], pick: (...values: number[]) => number) =>
    field.map((value, i) =>
      around[i]?.length ? pick(...(around[i] as number[]).map((k) => field[k] as number)) : value,
    );
  const erode = (field: readonly number[]) => pool(field, crosses, Math.min);
  const removed = (field: readonly number[]) => {
    const opened = pool(erode(field), boxes, Math.max);
    return field.map((value, i) => Math.max(value - (opened[i] as number), 0));
  };
  let eroded: readonly number[] = image;
  let skeleton = removed(eroded);
  for (let k = 0; k < iterations; k++) {
    eroded = erode(eroded);
    const delta = removed(eroded);
    skeleton = skeleton.map((s, i) => s + Math.max((delta[i] as number) * (1 - s), 0));
  }
  return skeleton;
}
