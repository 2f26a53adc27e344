import type { Geometry } from "./geometry.ts";
import type { VoxelArray } from "./voxels.ts";

/** Stretches of voxels of a line that belong together, in C order: there are far fewer of them than voxels. */
export interface Runs {
  count: number;
  /** The first voxel of each. */
  starts: Int32Array;
  /** The voxel behind its last. */
  ends: Int32Array;
  /** An earlier run of the same component, or itself. */
  parents: Int32Array;
  /** The first run of each line, and the number of runs behind the last. */
  readonly lines: Int32Array;
  /** The value of each; nothing where all that is not 0 is the same. */
  readonly values: number[] | undefined;
}

/** The runs of the foreground, or of each value but 0. */
export function runsOf(mask: VoxelArray, { depth, height, width }: Geometry, ofValues: boolean): Runs {
  const lines = depth * height;
  const room = () => new Int32Array(1024);
  const runs: Runs = {
    count: 0,
    starts: room(),
    ends: room(),
    parents: room(),
    lines: new Int32Array(lines + 1),
    values: ofValues ? [] : undefined,
  };
  for (let line = 0, at = 0; line < lines; line++) {
    runs.lines[line] = runs.count;
    const end = at + width;
    while (at < end) {
      const value = mask[at] as number;
      const start = at++;
      if (!value) continue;
      if (ofValues) while (at < end && mask[at] === value) at++;
      else while (at < end && mask[at]) at++;
      append(runs, start, at);
      runs.values?.push(value);
    }
  }
  runs.lines[lines] = runs.count;
  return runs;
}

function append(runs: Runs, start: number, end: number): void {
  if (runs.count === runs.starts.length) {
    for (const name of ["starts", "ends", "parents"] as const) {
      const larger = new Int32Array(2 * runs.count);
      larger.set(runs[name]);
      runs[name] = larger;
    }
  }
  runs.starts[runs.count] = start;
  runs.ends[runs.count] = end;
  runs.parents[runs.count] = runs.count++;
}

/** Joins the runs that are neighbours of each other. */
export function joinTouchingRuns(runs: Runs, { depth, height, width, plane }: Geometry, corner: boolean): void {
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      for (const [dz, dy] of corner ? earlierAtCorners : earlierAtFaces) {
        if (z + dz < 0 || y + dy < 0 || y + dy >= height) continue;
        const line = z * height + y;
        joinLines(runs, line, line + dz * height + dy, -(dz * plane + dy * width), corner ? 1 : 0);
      }
    }
  }
}

const earlierAtFaces = [
  [0, -1],
  [-1, 0],
] as const;
const earlierAtCorners = [
  [0, -1],
  [-1, 0],
  [-1, -1],
  [-1, 1],
] as const;

/** Joins the runs of two lines, of which one is `distance` voxels ahead, that overlap when each is longer by `reach`. */
function joinLines(runs: Runs, line: number, other: number, distance: number, reach: number): void {
  const { starts, ends, lines, values } = runs;
  const lastA = lines[line + 1] as number;
  const lastB = lines[other + 1] as number;
  const join = (a: number, b: number) => {
    const isApart =
      (starts[a] as number) >= (ends[b] as number) + distance + reach ||
      (starts[b] as number) + distance >= (ends[a] as number) + reach;
    if (!isApart && values?.[a] === values?.[b]) unite(runs, a, b);
  };
  for (let a = lines[line] as number, b = lines[other] as number; a < lastA && b < lastB; ) {
    join(a, b);
    const ahead = (ends[a] as number) - (ends[b] as number) - distance;
    if (ahead >= 0) {
      // both end here: what follows either may touch the other at a corner
      if (ahead === 0 && a + 1 < lastA) join(a + 1, b);
      b++;
    } else a++;
  }
}

function unite({ parents }: Runs, a: number, b: number): void {
  const first = rootOf(parents, a);
  const second = rootOf(parents, b);
  if (first < second) parents[second] = first;
  else parents[first] = second;
}

/** The first run of the component of a run. */
export function firstOf({ parents }: Runs, run: number): number {
  return rootOf(parents, run);
}

/** The root of a run; every second run on the way is pointed further, which keeps the ways short. */
function rootOf(parents: Int32Array, run: number): number {
  let at = run;
  while (parents[at] !== at) {
    parents[at] = parents[parents[at] as number] as number;
    at = parents[at] as number;
  }
  return at;
}
