import type { BallChannel, BallWork } from "./ball-errors.ts";
import { type BallSumsOf, loopBallSums, type Sides, type Stack } from "./balls.ts";
import type { Simd } from "./simd-tiles.ts";

/** Columns that are worked on at once. */
const group = 16;

/** Voxels that are weighed at once. */
const mostVoxels = 4096;

/** The work on balls by the module. */
export function simdBalls(simd: Simd): BallWork {
  return { sumsOf: simdBallSums(simd), weigh: (channel, weight) => simdWeigh(simd, channel, weight) };
}

/**
 * Sums over balls by whole numbers. The sums of everything before each place of a row are rounded to multiples of a power of two, such that a ball
 * holds less than 2^31 of them; from there on every difference is exact, even where the sums themselves have run over. So the result depends on
 * no order and no tile, and is off by less than one such step a row.
 */
function simdBallSums(simd: Simd): BallSumsOf {
  const rooms: Int32Array[] = [];
  return (balls, channel, values) => {
    const largest = largestOf(values);
    if (largest === 0) return (_, sums) => sums.fill(0);
    const reach = Math.max(...balls.balls.map((ball) => reachOf(ball, 2)));
    const width = balls.sides[2] + 2 * reach + 1;
    const byLoops = () => loopBallSums(balls, channel, values);
    if (!Number.isFinite(largest) || linesAtOnce(simd, balls.sides, width) < 1) return byLoops();
    const most = Math.max(...balls.balls.map(({ voxels }) => voxels));
    const unit = 2 ** (Math.ceil(Math.log2(1.001 * largest * most)) - 31);
    const length = balls.sides[0] * balls.sides[1] * width;
    const known = rooms[channel];
    const before = known && known.length >= length ? known : new Int32Array(length);
    rooms[channel] = before;
    sumBefore(simd, balls.sides, reach, values, 1 / unit, before);
    return (ball, sums) => {
      const plan = planOf(simd, balls.sides, ball);
      if (plan) eachTile(simd, balls.sides, ball, plan, { sums: before, reach, unit }, sums);
      else byLoops()(ball, sums);
    };
  };
}

function largestOf(values: Float32Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i] as number);
    // also what is no number
    if (!(size <= largest)) largest = size;
  }
  return largest;
}

function reachOf({ rows }: Stack, axis: 0 | 1 | 2): number {
  return rows.reduce((most, row) => Math.max(most, row[axis]), 0);
}

function capacityOf(simd: Simd, at: number): number {
  return Math.min(simd.floats.length - at, 8 * simd.largestTile);
}

function linesAtOnce(simd: Simd, [, , columns]: Sides, width: number): number {
  return Math.floor(capacityOf(simd, simd.at.predictions) / (columns + width));
}

/** Fills the sums of everything before each place, with so much to both sides that a row of a ball never ends outside. */
function sumBefore(
  simd: Simd,
  sides: Sides,
  reach: number,
  values: Float32Array,
  scale: number,
  before: Int32Array,
): void {
  const [planes, lines, columns] = sides;
  const width = columns + 2 * reach + 1;
  const [from, step] = [simd.at.predictions, linesAtOnce(simd, sides, width)];
  for (let line = 0; line < planes * lines; line += step) {
    const end = Math.min(planes * lines, line + step);
    const to = from + (end - line) * columns;
    simd.floats.set(values.subarray(line * columns, end * columns), from);
    simd.run.sumBefore(4 * from, 4 * to, end - line, columns, reach, scale);
    before.set(simd.integers.subarray(to, to + (end - line) * width), line * width);
  }
}

/** How a ball is laid through the module's memory: behind each other its rows' ends, a ring of planes, a row of results. */
interface Plan {
  /** How far the ball reaches along each axis. */
  readonly reach: Sides;
  /** How many rows and columns of results a tile has. */
  readonly lines: number;
  readonly columns: number;
  readonly planesAt: number;
  readonly resultAt: number;
}

/** Nothing where not even the smallest tile fits. */
function planOf(simd: Simd, sides: Sides, ball: Stack): Plan | undefined {
  const reach = [reachOf(ball, 0), reachOf(ball, 1), reachOf(ball, 2)] as const;
  const planesAt = simd.at.predictions + 2 * ball.rows.length;
  const planes = 2 * reach[0] + 1;
  const sizeOf = (lines: number, columns: number) => planes * (lines + 2 * reach[1]) * (columns + 2 * reach[2] + 1);
  const fitting = (columns: number) =>
    Math.floor((capacityOf(simd, planesAt) - columns) / sizeOf(1 - 2 * reach[1], columns)) - 2 * reach[1];
  let columns = Math.ceil(sides[2] / group) * group;
  // whole rows, unless more of them would be read around a tile than are in it
  while (columns > group && fitting(columns) < Math.min(sides[1], 2 * reach[1] + 1)) {
    columns = Math.ceil(columns / 2 / group) * group;
  }
  const lines = Math.min(sides[1], fitting(columns));
  return lines < 1 ? undefined : { reach, lines, columns, planesAt, resultAt: planesAt + sizeOf(lines, columns) };
}

function eachTile(
  simd: Simd,
  [planes, lines, columns]: Sides,
  { rows }: Stack,
  plan: Plan,
  before: { readonly sums: Int32Array; readonly reach: number; readonly unit: number },
  sums: Float32Array,
): void {
  const { integers, floats, run, at } = simd;
  const [deep, high, wide] = plan.reach;
  const [stride, inFront] = [columns + 2 * before.reach + 1, before.reach - wide];
  const [width, height, ring] = [plan.columns + 2 * wide + 1, plan.lines + 2 * high, 2 * deep + 1];
  const planeAt = (z: number) => plan.planesAt + ((z + ring) % ring) * height * width;
  for (let y0 = 0; y0 < lines; y0 += plan.lines) {
    const y1 = Math.min(lines, y0 + plan.lines);
    for (let x0 = 0; x0 < columns; x0 += plan.columns) {
      const count = Math.min(plan.columns, columns - x0);
      const readPlane = (z: number) => {
        for (let y = y0 - high; y < y1 + high; y++) {
          const row = planeAt(z) + (y - y0 + high) * width;
          const from = (z * lines + y) * stride + inFront + x0;
          const isInside = z >= 0 && z < planes && y >= 0 && y < lines;
          if (isInside) integers.set(before.sums.subarray(from, from + count + 2 * wide + 1), row);
          else integers.fill(0, row, row + width);
        }
      };
      for (let z = -deep; z < deep; z++) readPlane(z);
      for (let z = 0; z < planes; z++) {
        readPlane(z + deep);
        let end = at.predictions;
        for (const [plane, row, half] of rows) {
          const from = planeAt(z + plane) + (row + high) * width + wide;
          integers[end++] = 4 * (from + half + 1);
          integers[end++] = 4 * (from - half);
        }
        for (let y = y0; y < y1; y++) {
          run.sumRows(4 * plan.resultAt, count, 4 * at.predictions, 4 * end, 4 * (y - y0) * width, before.unit);
          sums.set(floats.subarray(plan.resultAt, plan.resultAt + count), (z * lines + y) * columns + x0);
        }
      }
    }
  }
}

/** The sum of the terms of one ball. */
function simdWeigh(simd: Simd, channel: BallChannel, weight: number): number {
  const { p, g, weights, sizes, sumsOfP, sumsOfG, slopes, through } = channel;
  const read = [p, g, weights, sizes, sumsOfP, sumsOfG, slopes];
  const { floats, run } = simd;
  const most = Math.min(mostVoxels, simd.largestTile);
  const at = (index: number) => simd.at.predictions + index * most;
  let sum = 0;
  for (let first = 0; first < p.length; first += most) {
    const count = Math.min(most, p.length - first);
    for (const [index, values] of read.entries()) {
      floats.set(values.subarray(first, first + count), at(index));
      floats.fill(0, at(index) + count, at(index) + Math.ceil(count / 4) * 4);
    }
    sum += run.weighBalls(4 * at(0), 4 * most, 4 * count, weight);
    slopes.set(floats.subarray(at(6), at(6) + count), first);
    through.set(floats.subarray(at(7), at(7) + count), first);
  }
  return sum;
}
