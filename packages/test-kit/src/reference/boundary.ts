import { constant } from "./constant.ts";
import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { prepare } from "./prepare.ts";
import { classFields, classRegion, signedDistance } from "./signed-distance.ts";
import { reduceVoxelMeans } from "./voxel-mean.ts";

/** Boundary loss in float64: the mean of phi p, phi the signed distance to the border of the class. */
export function boundaryLoss(input: ReferenceInput): ReferenceResult {
  const prepared = prepare(input);
  const { spacing, distanceMap } = prepared.options;
  const phi =
    distanceMap ??
    constant(input, "phi", "labels", () =>
      classFields(prepared, (n, c) => signedDistance(prepared.spatial, classRegion(prepared, n, c), spacing)),
    );
  return reduceVoxelMeans(prepared, (k) => (phi[k] as number) * (prepared.p[k] as number));
}
