import { constant } from "./constant.ts";
import { distanceToNearest, positions } from "./distance.ts";
import { reduceGroupLosses } from "./generalized-dice.ts";
import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { logSumExp } from "./log-space.ts";
import { boxOffsets, faceOffsets, neighbourAt } from "./neighbourhood.ts";
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

// The valid face neighbours.
function faces({ spatial, valid }: Sample, i: number): number[] {
  return faceOffsets(spatial.length).flatMap((offset) => {
    const neighbour = neighbourAt(spatial, i, offset);
    return neighbour !== undefined && valid[neighbour] ? [neighbour] : [];
  });
}

function around({ spatial, valid }: Sample, i: number): number[] {
  return boxOffsets(spatial.length).flatMap((offset) => {
    const neighbour = neighbourAt(spatial, i, offset);
    return neighbour !== undefined && neighbour !== i && valid[neighbour] ? [neighbour] : [];
  });
}

// Voxels where the distribution turns most towards its face neighbours, at most a share of the image.
function predictedBoundary(detached: Prepared, sample: Sample): number[] {
  const { boundaryShare = 0.01 } = detached.options;
  const voxels = sample.valid.flatMap((is, i) => (is ? [i] : []));
  const turn = new Map(
    voxels.map((i) => [
      i,
      faces(sample, i).reduce((sum, j) => sum + divergence(detached, sample.first + i, detached, sample.first + j), 0),
    ]),
  );
  const places = Math.max(1, Math.round(boundaryShare * voxels.length));
  const edge = [...turn.values()].sort((a, b) => b - a)[places - 1] ?? 0;
  // turns that differ by little more than rounding are equal
  const least = edge * (1 - 1e-4) - 1e-6;
  return voxels.filter((i) => (turn.get(i) as number) >= least && (turn.get(i) as number) > 1e-5);
}

// Distance to the nearest voxel whose label differs from that of a face neighbour; undefined where no label changes.
function targetDistance(prepared: Prepared, sample: Sample, n: number): number[] | undefined {
  const { classes, g, voxels, options } = prepared;
  if (options.distanceMap) return Array.from(options.distanceMap.subarray(n * voxels, (n + 1) * voxels));
  const label = (i: number) => {
    const row = Array.from({ length: classes }, (_, c) => g[(sample.first + i) * classes + c] as number);
    return classes === 1 ? Number((row[0] as number) > 0.5) : row.indexOf(Math.max(...row));
  };
  const boundary = sample.valid.flatMap((is, i) =>
    is && faces(sample, i).some((j) => label(j) !== label(i)) ? [i] : [],
  );
  return boundary.length === 0 ? undefined : distanceToNearest(positions(sample.spatial, options.spacing), boundary);
}

function sampleLoss(input: ReferenceInput, prepared: Prepared, detached: Prepared, n: number): number {
  const { voxels, spatial, v, options } = prepared;
  const { directionSmoothing = 0.2, maxDistance = 20 } = options;
  const sample: Sample = { spatial, valid: validVoxels(prepared, n), first: n * voxels };
  const distance = constant(input, `M ${n}`, "labels", () => targetDistance(prepared, sample, n));
  if (!distance) return 0;
  let [sum, mass] = [0, 0];
  const boundary = constant(input, `B ${n}`, "predictions", () => predictedBoundary(detached, sample));
  for (const i of boundary) {
    const ring = around(sample, i);
    const nearest = Math.min(...ring.map((j) => distance[j] as number));
    // distances that differ by rounding alone are equal
    if (!(nearest < (distance[i] as number) * (1 - 1e-6))) continue;
    const scores = ring.map((j) => divergence(prepared, sample.first + i, detached, sample.first + j));
    const total = logSumExp(scores);
    const isGoal = ring.map((j) => (distance[j] as number) <= nearest * (1 + 1e-6));
    const share = (1 - directionSmoothing) / isGoal.filter(Boolean).length;
    const entropy = scores.reduce(
      (loss, score, k) => loss - ((isGoal[k] ? share : 0) + directionSmoothing / ring.length) * (score - total),
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
    Array.from({ length: prepared.batch }, (_, n) => sampleLoss(input, prepared, detached, n)),
  );
}
