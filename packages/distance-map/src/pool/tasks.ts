import { distanceTransform, labelDistanceTransform, signedDistanceTransform } from "../array/distance-transform.ts";
import type { Shape } from "../array/geometry.ts";
import { nearestBackground } from "../array/nearest-background.ts";
import type { VoxelArray } from "../array/voxels.ts";
import { borderWeightMap } from "../maps/border-weight-map.ts";
import { boundaryMap } from "../maps/boundary-map.ts";
import { hausdorffField } from "../maps/hausdorff-field.ts";
import { penaltyMap } from "../maps/penalty-map.ts";

/** What a pool can compute. */
export interface PoolTasks {
  /** {@link borderWeightMap} on a worker. */
  borderWeightMap: typeof borderWeightMap;
  /** {@link boundaryMap} on a worker. */
  boundaryMap: typeof boundaryMap;
  /** {@link distanceTransform} on a worker. */
  distanceTransform: typeof distanceTransform;
  /** {@link hausdorffField} on a worker. */
  hausdorffField: typeof hausdorffField;
  /** {@link labelDistanceTransform} on a worker. */
  labelDistanceTransform: typeof labelDistanceTransform;
  /** {@link nearestBackground} on a worker. */
  nearestBackground: typeof nearestBackground;
  /** {@link penaltyMap} on a worker. */
  penaltyMap: typeof penaltyMap;
  /** {@link signedDistanceTransform} on a worker. */
  signedDistanceTransform: typeof signedDistanceTransform;
}

/** The name of a task. */
export type PoolTask = keyof PoolTasks;

/** The options of a task, less `out`, whose memory would not reach the worker. */
export type PoolTaskOptions<Task extends PoolTask> = Omit<NonNullable<Parameters<PoolTasks[Task]>[2]>, "out">;

/** The result of a task. */
export type PoolResult<Task extends PoolTask> = ReturnType<PoolTasks[Task]>;

/** @returns the functions behind the names. */
export function poolTasks(): PoolTasks {
  return {
    borderWeightMap,
    boundaryMap,
    distanceTransform,
    hausdorffField,
    labelDistanceTransform,
    nearestBackground,
    penaltyMap,
    signedDistanceTransform,
  };
}

/** What a pool posts to a worker. */
export interface PoolRequest {
  id: number;
  task: PoolTask;
  voxels: VoxelArray;
  shape: Shape;
  options: object;
  /** Memory for the result, which moves to the worker and comes back. */
  out?: Float32Array | Int32Array | undefined;
}

/** What a worker posts back. */
export type PoolReply =
  | { id: number; result: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> }
  | { id: number; error: { name: string; message: string } };
