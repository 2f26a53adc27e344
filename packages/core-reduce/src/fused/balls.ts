import type { NamedAttrMap } from "@tensorflow/tfjs-core";

/** A ball is a stack of rows along the fastest axis: where each lies on the slower axes, and how far it reaches to both sides. */
export interface BallRow {
  /** Its place on the slower axes, from the centre of the ball. */
  readonly offset: readonly number[];
  /** How many voxels it has on each side of its own centre. */
  readonly half: number;
}

/** A ball, and how much what it says counts. */
export interface Ball {
  /** What its terms are multiplied by. */
  readonly weight: number;
  /** All rows, in any order. */
  readonly rows: readonly BallRow[];
}

/** The sides of an image as planes of rows, whatever its axes. */
export type Sides = readonly [planes: number, rows: number, columns: number];

/** One row of a ball: planes and rows away, and how far to both sides. */
export type Row = readonly [plane: number, row: number, half: number];

/** A ball whose rows all lie on three axes. */
export interface Stack {
  readonly weight: number;
  readonly rows: readonly Row[];
  readonly voxels: number;
}

/** An image and the balls that are laid around each of its voxels. */
export interface Balls {
  readonly sides: Sides;
  readonly balls: readonly Stack[];
}

/** Fills the sums over the ball around each voxel; beyond the image there is nothing. */
export type BallSums = (ball: Stack, sums: Float32Array) => void;

/** How the work on a channel is done: which of three channels, and its values, of which sums over balls will be asked. */
export type BallSumsOf = (balls: Balls, channel: 0 | 1 | 2, values: Float32Array) => BallSums;

/** The balls that a kernel was told. */
export function ballsOf({ attributes }: { readonly attributes: NamedAttrMap }): Balls {
  const { spatial, balls } = attributes as unknown as { spatial: readonly number[]; balls: readonly Ball[] };
  const inFront = new Array<number>(Math.max(0, 3 - spatial.length));
  return {
    sides: [...inFront.fill(1), ...spatial] as unknown as Sides,
    balls: balls.map(({ weight, rows }) => ({
      weight,
      rows: rows.map(({ offset, half }) => [...inFront.fill(0), ...offset, half] as unknown as Row),
      voxels: rows.reduce((sum, { half }) => sum + 2 * half + 1, 0),
    })),
  };
}

/** By sums of everything before each place of a row, of which a row of a ball takes two: it costs the same whatever its length. */
export const loopBallSums: BallSumsOf = ({ sides }, _, values) => {
  const [planes, lines, columns] = sides;
  const before = new Float64Array(planes * lines * (columns + 1));
  for (let line = 0; line < planes * lines; line++) {
    const [from, to] = [line * columns, line * (columns + 1)];
    for (let x = 0; x < columns; x++) before[to + x + 1] = (before[to + x] as number) + (values[from + x] as number);
  }
  const total = new Float64Array(columns);
  return ({ rows }, sums) => {
    for (let z = 0; z < planes; z++) {
      for (let y = 0; y < lines; y++) {
        total.fill(0);
        for (const [plane, row, half] of rows) {
          const [atPlane, atLine] = [z + plane, y + row];
          if (atPlane < 0 || atPlane >= planes || atLine < 0 || atLine >= lines) continue;
          const from = (atPlane * lines + atLine) * (columns + 1);
          for (let x = 0; x < columns; x++) {
            const end = before[from + Math.min(x + half + 1, columns)] as number;
            total[x] = (total[x] as number) + end - (before[from + Math.max(x - half, 0)] as number);
          }
        }
        sums.set(total, (z * lines + y) * columns);
      }
    }
  };
};
