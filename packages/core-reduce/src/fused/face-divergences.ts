import { imageOf } from "./image.ts";

/** Distributions of the voxels of an image. */
export interface Distributions {
  readonly batch: number;
  readonly spatial: readonly number[];
  /** How many probabilities a voxel has. */
  readonly sides: number;
  /** Of each voxel P of each side, and behind them -ln P. */
  readonly records: Float32Array;
  /** v, if there are weights. */
  readonly weights: ArrayLike<number> | undefined;
}

/**
 * Fills the sums over the face neighbours that count of KL(P_i || P_j), 0 at voxels that do not. A neighbour that is not there is the voxel itself,
 * from which nothing diverges: so every voxel has six, and inner loops ask for nothing.
 */
export function faceDivergences(distributions: Distributions, turns: Float32Array): void {
  const { batch, spatial, weights } = distributions;
  const [depth, height, width] = imageOf(spatial);
  const ofRow = weights ? weightedRow(distributions, weights, turns) : wholeRow(distributions, turns);
  for (let row = 0; row < batch * depth * height; row++) {
    const y = row % height;
    const z = Math.floor(row / height) % depth;
    ofRow(
      row * width,
      width,
      z > 0 ? -height * width : 0,
      z < depth - 1 ? height * width : 0,
      y > 0 ? -width : 0,
      y < height - 1 ? width : 0,
    );
  }
}

/** Fills the turns of a row that begins at a voxel; the steps to the neighbours of other rows are given, 0 where there is none. */
type FillRow = (first: number, width: number, before: number, behind: number, above: number, below: number) => void;

function wholeRow({ records, sides }: Distributions, turns: Float32Array): FillRow {
  const length = 2 * sides;
  return (first, width, before, behind, above, below) => {
    const [a, b, c, d] = [before * length, behind * length, above * length, below * length] as const;
    const last = first + width - 1;
    for (let voxel = first, at = first * length; voxel <= last; voxel++, at += length) {
      const left = voxel > first ? -length : 0;
      const right = voxel < last ? length : 0;
      turns[voxel] = turnAt(records, at, sides, a, b, c, d, left, right);
    }
  };
}

function weightedRow({ records, sides }: Distributions, weights: ArrayLike<number>, turns: Float32Array): FillRow {
  const length = 2 * sides;
  const counted = (voxel: number, step: number) => ((weights[voxel + step] as number) > 0 ? step * length : 0);
  return (first, width, before, behind, above, below) => {
    const last = first + width - 1;
    for (let voxel = first; voxel <= last; voxel++) {
      if (!((weights[voxel] as number) > 0)) {
        turns[voxel] = 0;
        continue;
      }
      const left = counted(voxel, voxel > first ? -1 : 0);
      const right = counted(voxel, voxel < last ? 1 : 0);
      const [a, b] = [counted(voxel, before), counted(voxel, behind)] as const;
      const [c, d] = [counted(voxel, above), counted(voxel, below)] as const;
      turns[voxel] = turnAt(records, voxel * length, sides, a, b, c, d, left, right);
    }
  };
}

/** sum_c P_ic (sum_j -ln P_jc - 6 (-ln P_ic)) of the voxel whose record begins at `at`, with the steps to those of its neighbours. */
function turnAt(
  records: Float32Array,
  at: number,
  sides: number,
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
): number {
  let turn = 0;
  for (let share = at; share < at + sides; share++) {
    const own = share + sides;
    const across = (records[own + a] as number) + (records[own + b] as number);
    const down = (records[own + c] as number) + (records[own + d] as number);
    const along = (records[own + e] as number) + (records[own + f] as number);
    turn += (records[share] as number) * (across + down + along - 6 * (records[own] as number));
  }
  return turn;
}
