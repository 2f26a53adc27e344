export {
  type ComponentOptions,
  type Components,
  connectedComponents,
} from "./array/connected-components.ts";
export {
  type DistanceOutput,
  distanceTransform,
  labelDistanceTransform,
  signedDistanceTransform,
} from "./array/distance-transform.ts";
export type { Shape } from "./array/geometry.ts";
export { type NearestOptions, nearestBackground } from "./array/nearest-background.ts";
export type { BackendChoice, Border, DistanceOptions, NoBackground } from "./array/options.ts";
export { createDistancePlan, type DistancePlan, type DistancePlanOptions } from "./array/plan.ts";
export type { SignedOptions } from "./array/sides.ts";
export type { VoxelArray } from "./array/voxels.ts";
export { type BorderWeightOptions, borderWeightMap } from "./maps/border-weight-map.ts";
export { boundaryMap } from "./maps/boundary-map.ts";
export { type HausdorffOptions, hausdorffField } from "./maps/hausdorff-field.ts";
export { type MapOptions, penaltyMap } from "./maps/penalty-map.ts";
export { DistanceMapPool } from "./pool/pool.ts";
export type { JobOptions, PoolJob, PoolOptions } from "./pool/pool-options.ts";
export type { AnyWorker } from "./pool/spawn.ts";
export type { PoolResult, PoolTask, PoolTaskOptions, PoolTasks } from "./pool/tasks.ts";
