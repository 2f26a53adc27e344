/** A field over the voxels of one sample, NaN-free; ignored voxels are never read. */
interface Grid {
  readonly spatial: readonly number[];
  readonly valid: readonly boolean[];
}

/** Numbers and the numbers at which they are differentiated: which voxel a window takes is decided by the latter. */
interface Field {
  readonly moved: readonly number[];
  readonly at: readonly number[];
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

// The voxels within one step along one of the axes.
function neighbours(grid: Grid, axes: readonly number[]): number[][] {
  const places = grid.valid.map((_, voxel) => coordinates(grid, voxel));
  return places.map((here) =>
    places.flatMap((there, other) => {
      const steps = there.map((x, axis) => Math.abs(x - (here[axis] as number)));
      const along = axes.reduce((sum, axis) => sum + (steps[axis] as number), 0);
      return along <= 1 && steps.reduce((sum, step) => sum + step, 0) === along ? [other] : [];
    }),
  );
}

// The extreme of every window; voxels of equal value share it, so that their gradients are even. Infinite values take no part.
function pool({ moved, at }: Field, windows: readonly number[][], pick: (...values: number[]) => number): Field {
  const chosen = windows.map((window) => {
    const extreme = pick(...window.map((k) => at[k] as number));
    return window.filter((k) => at[k] === extreme);
  });
  const mean = (values: readonly number[]) =>
    chosen.map((ties) => ties.reduce((sum, k) => sum + (values[k] as number), 0) / ties.length);
  return { moved: mean(moved), at: mean(at) };
}

/** The soft skeleton: what opening removes at each depth of erosion, joined by s + d - s d. */
export function softSkeleton(
  spatial: readonly number[],
  valid: readonly boolean[],
  image: readonly number[],
  iterations: number,
  detached: readonly number[] = image,
): number[] {
  const grid = { spatial, valid };
  const axes = [...spatial.keys()];
  const cross = neighbours(grid, axes);
  const lines = axes.map((axis) => neighbours(grid, [axis]));
  const hidden = ({ moved, at }: Field, by: number): Field => ({
    moved: moved.map((x, i) => (valid[i] ? x : by)),
    at: at.map((x, i) => (valid[i] ? x : by)),
  });
  const erode = (field: Field) => pool(hidden(field, Number.POSITIVE_INFINITY), cross, Math.min);
  // The maximum of a box is that along one axis after the other.
  const dilate = (field: Field) =>
    lines.reduce((pooled, windows) => pool(pooled, windows, Math.max), hidden(field, Number.NEGATIVE_INFINITY));
  let field: Field = { moved: image, at: detached };
  let skeleton = image.map(() => 0);
  for (let k = 0; k <= iterations; k++) {
    const eroded = erode(field);
    const opened = dilate(eroded);
    const removed = field.moved.map((x, i) => {
      const isRemoved = valid[i] && (field.at[i] as number) > (opened.at[i] as number);
      return isRemoved ? x - (opened.moved[i] as number) : 0;
    });
    skeleton = skeleton.map((s, i) => s + (removed[i] as number) * (1 - s));
    field = eroded;
  }
  return skeleton;
}
