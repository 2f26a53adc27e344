import { distanceToNearest, positions } from "./distance.ts";
import { reduceGroupLosses } from "./generalized-dice.ts";
import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { logSumExp } from "./log-space.ts";
import { boxOffsets, neighbourAt } from "./neighbourhood.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { validVoxels } from "./signed-distance.ts";

/** KL(P_i || Q_j) of the distributions of two voxels; one channel stands for p and 1 - p. */
function divergence(of: Prepared, i: number, from: Prepared, j: number): number {
  const { classes } = of;
  let sum = 0;
  for (let c = 0; c < classes; c++) {
    const [a, b] = [i * classes + c, j * classes + c];
    sum += (of.p[a] as number) * ((of.logP[a] as number) - (from.logP[b] as number));
    if (classes === 1)
      sum += (of.complement[a] as number) * ((of.logComplement[a] as number) - (from.logComplement[b] as number));
  }
  return sum;
}

/** What the directions of one sample need, with indices inside the sample. */
interface Sample {
  readonly spatial: readonly number[];
  readonly valid: readonly boolean[];
  readonly first: number;
}

// The valid next voxel along each axis.
function forward({ spatial, valid }: Sample, i: number): number[] {
  return spatial.flatMap((_, axis) => {
    const next = neighbourAt(
      spatial,
      i,
      spatial.map((_, other) => (other === axis ? 1 : 0)),
    );
    return next !== undefined && valid[next] ? [next] : [];
  });
}

function around({ spatial, valid }: Sample, i: number): number[] {
  return boxOffsets(spatial.length).flatMap((offset) => {
    const neighbour = neighbourAt(spatial, i, offset);
    return neighbour !== undefined && neighbour !== i && valid[neighbour] ? [neighbour] : [];
  });
}

// Voxels where the distribution turns most towards the next ones, at most a share of the image, dilated by one voxel.
function predictedBoundary(detached: Prepared, sample: Sample): Set<number> {
  const { boundaryShare = 0.01 } = detached.options;
  const voxels = sample.valid.flatMap((is, i) => (is ? [i] : []));
  const turn = new Map(
    voxels.map((i) => [
      i,
      forward(sample, i).reduce(
        (sum, j) => sum + divergence(detached, sample.first + i, detached, sample.first + j),
        0,
      ),
    ]),
  );
  const places = Math.max(1, Math.round(boundaryShare * voxels.length));
  const edge = [...turn.values()].sort((a, b) => b - a)[places - 1] ?? 0;
  const boundary = voxels.filter((i) => (turn.get(i) as number) >= edge && (turn.get(i) as number) > 1e-5);
  return new Set(boundary.flatMap((i) => [i, ...around(sample, i)]));
}

// Distance to the nearest voxel whose label differs from a next one; undefined where no label changes.
function targetDistance(prepared: Prepared, sample: Sample, n: number): number[] | undefined {
  const { classes, g, voxels, options } = prepared;
  if (options.distanceMap) return Array.from(options.distanceMap.subarray(n * voxels, (n + 1) * voxels));
  const label = (i: number) => {
    const row = Array.from({ length: classes }, (_, c) => g[(sample.first + i) * classes + c] as number);
    return classes === 1 ? Number((row[0] as number) > 0.5) : row.indexOf(Math.max(...row));
  };
  const boundary = sample.valid.flatMap((is, i) =>
    is && forward(sample, i).some((j) => label(j) !== label(i)) ? [i] : [],
  );
  return boundary.length === 0 ? undefined : distanceToNearest(positions(sample.spatial, options.spacing), boundary);
}

function sampleLoss(prepared: Prepared, detached: Prepared, n: number): number {
  const { voxels, spatial, v, options } = prepared;
  const { directionSmoothing = 0.2, maxDistance = 20 } = options;
  const sample: Sample = { spatial, valid: validVoxels(prepared, n), first: n * voxels };
  const distance = targetDistance(prepared, sample, n);
  if (!distance) return 0;
  let [sum, mass] = [0, 0];
  for (const i of [...predictedBoundary(detached, sample)].sort((a, b) => a - b)) {
    const ring = around(sample, i);
    const nearest = Math.min(...ring.map((j) => distance[j] as number));
    if (!(nearest < (distance[i] as number))) continue;
    const scores = ring.map((j) => divergence(prepared, sample.first + i, detached, sample.first + j));
    const total = logSumExp(scores);
    const goal = ring.findIndex((j) => distance[j] === nearest);
    const entropy = scores.reduce(
      (loss, score, k) =>
        loss - ((k === goal ? 1 - directionSmoothing : 0) + directionSmoothing / ring.length) * (score - total),
      0,
    );
    const weight = v[sample.first + i] as number;
    sum += weight * (Math.min(distance[i] as number, maxDistance) / maxDistance) * entropy;
    mass += weight;
  }
  return mass === 0 ? 0 : sum / mass;
}

/** Active boundary loss in float64: predicted boundaries are pushed, voxel by voxel, towards the nearest true one. */
export function activeBoundaryLoss(input: ReferenceInput): ReferenceResult {
  const prepared = prepare(input);
  const detached = prepare(input, input.detachedPredictions);
  return reduceGroupLosses(
    prepared,
    Array.from({ length: prepared.batch }, (_, n) => sampleLoss(prepared, detached, n)),
  );
}
