/** A field over the voxels of one sample, NaN-free; ignored voxels are never read. */
interface Grid {
  readonly spatial: readonly number[];
  readonly valid: readonly boolean[];
}

function coordinates({ spatial }: Grid, voxel: number): number[] {
  let rest = voxel;
  return [...spatial]
    .reverse()
    .map((side) => {
      const at = rest % side;
      rest = Math.floor(rest / side);
      return at;
    })
    .reverse();
}

// The valid voxels within one step along every axis (a full 3^d box), or along one axis alone (a cross).
function neighbours(grid: Grid, voxel: number, cross: boolean): number[] {
  const at = coordinates(grid, voxel);
  return grid.valid.flatMap((valid, other) => {
    if (!valid) return [];
    const steps = coordinates(grid, other).map((x, axis) => Math.abs(x - (at[axis] as number)));
    const near = Math.max(0, ...steps) <= 1;
    return near && (!cross || steps.reduce((sum, step) => sum + step, 0) <= 1) ? [other] : [];
  });
}

/** The soft skeleton: what opening removes at each depth of erosion, joined by s + d - s d. */
export function softSkeleton(
  spatial: readonly number[],
  valid: readonly boolean[],
  image: readonly number[],
  iterations: number,
): number[] {
  const grid = { spatial, valid };
  const crosses = image.map((_, i) => neighbours(grid, i, true));
  const boxes = image.map((_, i) => neighbours(grid, i, false));
  const pool = (field: readonly number[], windows: readonly number[][], pick: (...values: number[]) => number) =>
    field.map((value, i) =>
      windows[i]?.length ? pick(...(windows[i] as number[]).map((k) => field[k] as number)) : value,
    );
  const erode = (field: readonly number[]) => pool(field, crosses, Math.min);
  const open = (field: readonly number[]) => pool(erode(field), boxes, Math.max);
  const removed = (field: readonly number[]) => {
    const opened = open(field);
    return field.map((value, i) => Math.max(value - (opened[i] as number), 0));
  };
  let eroded = [...image];
  let skeleton = removed(eroded);
  for (let k = 0; k < iterations; k++) {
    eroded = erode(eroded);
    const delta = removed(eroded);
    skeleton = skeleton.map((s, i) => s + Math.max((delta[i] as number) * (1 - s), 0));
  }
  return skeleton;
}
