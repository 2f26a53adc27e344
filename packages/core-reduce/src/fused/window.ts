/** A field `[batch, voxels, classes]` and the neighbours that its windows hold. */
export interface Windows {
  readonly batch: number;
  readonly classes: number;
  readonly spatial: readonly number[];
  readonly axes: readonly number[];
}

/** Calls for every pair of neighbours along the axes, with their places. */
function forNeighbours({ batch, classes, spatial, axes }: Windows, meet: (one: number, next: number) => void): void {
  const product = (sides: readonly number[]) => sides.reduce((size, side) => size * side, 1);
  for (const axis of axes) {
    const inner = product(spatial.slice(axis + 1)) * classes;
    const line = (spatial[axis] as number) * inner;
    const size = batch * product(spatial) * classes;
    for (let start = 0; start < size; start += line) {
      for (let at = start; at < start + line - inner; at++) meet(at, at + inner);
    }
  }
}

/** Fills the smallest value of each window. */
export function windowMinimum(windows: Windows, x: Float32Array, least: Float32Array): void {
  least.set(x);
  forNeighbours(windows, (one, next) => {
    const [here, there] = [x[one] as number, x[next] as number];
    if (there < (least[one] as number)) least[one] = there;
    if (here < (least[next] as number)) least[next] = here;
  });
}

/** Fills the sum of each window. */
export function windowSum(windows: Windows, x: Float32Array, sum: Float32Array): void {
  sum.set(x);
  forNeighbours(windows, (one, next) => {
    const [here, there] = [x[one] as number, x[next] as number];
    sum[one] = (sum[one] as number) + there;
    sum[next] = (sum[next] as number) + here;
  });
}

/** Fills the gradient with respect to `x`; values that are equally small share that of their window. */
export function windowMinimumGradient(
  windows: Windows,
  [x, least, upstream]: readonly [Float32Array, Float32Array, Float32Array],
  gradient: Float32Array,
): void {
  const share = new Float32Array(x.length);
  for (let at = 0; at < x.length; at++) share[at] = x[at] === least[at] ? 1 : 0;
  forNeighbours(windows, (one, next) => {
    if (x[next] === least[one]) share[one] = (share[one] as number) + 1;
    if (x[one] === least[next]) share[next] = (share[next] as number) + 1;
  });
  for (let at = 0; at < x.length; at++) {
    const part = (upstream[at] as number) / (share[at] as number);
    share[at] = part;
    gradient[at] = x[at] === least[at] ? part : 0;
  }
  forNeighbours(windows, (one, next) => {
    if (x[next] === least[one]) gradient[next] = (gradient[next] as number) + (share[one] as number);
    if (x[one] === least[next]) gradient[one] = (gradient[one] as number) + (share[next] as number);
  });
}
