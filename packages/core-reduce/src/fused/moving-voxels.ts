import type { Distributions } from "./face-divergences.ts";
import { type Image, imageOf } from "./image.ts";

/** Where the boundary is predicted, and where it should go. */
export interface Directions extends Distributions {
  readonly distance: Float32Array;
  readonly boundary: Float32Array;
  readonly maxDistance: number;
  readonly smoothing: number;
  /** Distances that differ by a smaller share are equal. */
  readonly tie: number;
}

/** A voxel of the predicted boundary that has a neighbour nearer to the true one; refilled for each of them. */
export interface Moving {
  voxel: number;
  /** How many neighbours count; what follows has one entry for each. */
  count: number;
  readonly neighbours: Int32Array;
  /** The divergences but for what is the same for all. */
  readonly scores: Float64Array;
  readonly targets: Float64Array;
  /** Room for the softmax of the scores. */
  readonly softmax: Float64Array;
  /** What the voxel weighs, and that times its distance up to the largest that costs more. */
  weight: number;
  cost: number;
}

/** In a volume. */
const mostNeighbours = 26;

/** Visits the voxels of a sample that should go somewhere. */
export function eachMoving(directions: Directions, sample: number, visit: (moving: Moving) => void): void {
  const { spatial, boundary, weights, distance, maxDistance } = directions;
  const surroundings = surroundingsOf(imageOf(spatial), weights);
  const voxels = spatial.reduce((size, side) => size * side, 1);
  const first = sample * voxels;
  const room = () => new Float64Array(mostNeighbours);
  const neighbours = new Int32Array(mostNeighbours);
  const moving: Moving = {
    voxel: 0,
    count: 0,
    neighbours,
    scores: room(),
    targets: room(),
    softmax: room(),
    weight: 1,
    cost: 0,
  };
  for (let voxel = first; voxel < first + voxels; voxel++) {
    if (!((boundary[voxel] as number) > 0)) continue;
    moving.weight = weights ? (weights[voxel] as number) : 1;
    if (!(moving.weight > 0)) continue;
    moving.voxel = voxel;
    moving.count = fillNeighbours(neighbours, voxel, voxel - first, surroundings);
    if (!aim(moving, directions)) continue;
    score(moving, directions);
    moving.cost = moving.weight * Math.min((distance[voxel] as number) / maxDistance, 1);
    visit(moving);
  }
}

/** What shares a corner with a voxel. */
interface Surroundings {
  readonly image: Image;
  /** Steps along the axes, of three numbers each, and in memory. */
  readonly along: Int32Array;
  readonly inMemory: Int32Array;
  readonly weights: ArrayLike<number> | undefined;
}

/** Steps go along axes of more than one voxel. */
function surroundingsOf(image: Image, weights: ArrayLike<number> | undefined): Surroundings {
  const [, height, width] = image;
  const [down, across, right] = image.map((side) => (side > 1 ? [-1, 0, 1] : [0])) as [number[], number[], number[]];
  const steps = down
    .flatMap((z) => across.flatMap((y) => right.map((x): Image => [z, y, x])))
    .filter((step) => step.some((by) => by !== 0));
  const inMemory = Int32Array.from(steps, ([z, y, x]) => (z * height + y) * width + x);
  return { image, along: Int32Array.from(steps.flat()), inMemory, weights };
}

/** Lists the neighbours that count, and says how many they are. */
function fillNeighbours(
  neighbours: Int32Array,
  voxel: number,
  place: number,
  { image, along, inMemory, weights }: Surroundings,
): number {
  const [depth, height, width] = image;
  const x = place % width;
  const row = (place - x) / width;
  const y = row % height;
  const z = (row - y) / height;
  let count = 0;
  for (let step = 0; step < inMemory.length; step++) {
    if (!isWithin(z + (along[3 * step] as number), depth)) continue;
    if (!isWithin(y + (along[3 * step + 1] as number), height)) continue;
    if (!isWithin(x + (along[3 * step + 2] as number), width)) continue;
    const neighbour = voxel + (inMemory[step] as number);
    if (weights === undefined || (weights[neighbour] as number) > 0) neighbours[count++] = neighbour;
  }
  return count;
}

function isWithin(place: number, side: number): boolean {
  return place >= 0 && place < side;
}

/** Fills the targets; false where no neighbour is nearer to the true boundary. */
function aim({ voxel, count, neighbours, targets }: Moving, { distance, smoothing, tie }: Directions): boolean {
  let nearest = Number.POSITIVE_INFINITY;
  for (let j = 0; j < count; j++) nearest = Math.min(nearest, distance[neighbours[j] as number] as number);
  if (!(nearest < (distance[voxel] as number) * (1 - tie))) return false;
  const farthest = nearest * (1 + tie);
  let goals = 0;
  for (let j = 0; j < count; j++) if ((distance[neighbours[j] as number] as number) <= farthest) goals++;
  for (let j = 0; j < count; j++) {
    const isGoal = (distance[neighbours[j] as number] as number) <= farthest;
    targets[j] = smoothing / count + (isGoal ? (1 - smoothing) / goals : 0);
  }
  return true;
}

/** Fills the scores: -sum P_i ln P_j. */
function score({ voxel, count, neighbours, scores }: Moving, { records, sides }: Directions): void {
  const own = 2 * sides * voxel;
  for (let j = 0; j < count; j++) {
    const other = 2 * sides * (neighbours[j] as number) + sides;
    let sum = 0;
    for (let side = 0; side < sides; side++) sum += (records[own + side] as number) * (records[other + side] as number);
    scores[j] = sum;
  }
}
