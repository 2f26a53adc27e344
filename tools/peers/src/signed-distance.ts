import { distanceToOtherSide, positions, type Region, regionOf } from "@lossary/test-kit/reference";
import { affine, type SuiteMapping, voxelsOf } from "./mapping.ts";
import type { FixtureCase } from "./records.ts";

/** The region of a class in one sample of a case. */
export function fixtureRegion(fixture: FixtureCase, sample: number, c: number, mask = fixture.onehot): Region {
  const voxels = voxelsOf(fixture);
  const first = (sample * fixture.classes + c) * voxels;
  return regionOf(new Array<boolean>(voxels).fill(true), (i) => (mask[first + i] as number) > 0.5);
}

/** A channels-last map of a case from one field a (sample, class); 0 where there is none. */
export function fixtureMap(
  fixture: FixtureCase,
  field: (sample: number, c: number) => readonly number[] | undefined,
): Float64Array {
  const { classes, shape } = fixture;
  const voxels = voxelsOf(fixture);
  const map = new Float64Array((shape[0] as number) * voxels * classes);
  for (let n = 0; n < (shape[0] as number); n++) {
    for (let c = 0; c < classes; c++) {
      field(n, c)?.forEach((value, i) => {
        map[(n * voxels + i) * classes + c] = value;
      });
    }
  }
  return map;
}

/**
 * SegWithDistMap's regression of signed distances: the mean L1 difference minus the product ratio of the whole batch, so
 * the batch is one volume here; predictions are tanh of the logits. Its map has either side over its maximum, and 0 at
 * inner voxels that touch the outside.
 */
export const segdist: SuiteMapping = (_, fixture) => {
  const points = positions(fixture.shape.slice(2));
  const distanceMap = fixtureMap(fixture, (n, c) => {
    const region = fixtureRegion(fixture, n, c);
    const distance = distanceToOtherSide(points, region);
    if (!distance) return undefined;
    const extreme = (side: readonly number[]) => Math.max(...side.map((i) => distance[i] as number));
    const [furthest, deepest] = [extreme(region.outside), extreme(region.inside)];
    const inside = new Set(region.inside);
    return distance.map((d, i) => (inside.has(i) ? (d === 1 ? 0 : -d / deepest) : d / furthest));
  });
  const predictions = Float64Array.from(fixture.logits, Math.tanh);
  return {
    loss: "signedDistanceRegressionLoss",
    options: { distanceMap, smoothNumerator: 1e-5, smoothDenominator: 1e-5 / 3 },
    shape: [1, fixture.shape[0] as number, ...fixture.shape.slice(2), 1],
    predictions,
    chain: predictions.map((y) => 1 - y * y),
    transform: affine(1, 1 / 3),
  };
};
