import {
  detached,
  hasIndices,
  type Problem,
  refuse,
  restoreSpatial,
  runsOnGpu,
  type SharedOptions,
  sharedRules,
  spacing,
  spacingOf,
  tensor,
  weightsOf,
} from "@lossary/core-reduce";
import { cast, expandDims, getBackend, reshape, type Tensor, type Tensor3D } from "@tensorflow/tfjs-core";

/** The options of every loss that measures distances. */
export interface DistanceLossOptions extends SharedOptions {
  /**
   * The distance between neighbouring voxels, one number or one a spatial axis: distances are in its units.
   * @defaultValue `1`
   */
  spacing?: number | readonly number[];
  /**
   * The map of the labels made beforehand, for instance in a data loader. Spares the distance transform in each step.
   * @defaultValue made from the labels, which are read back for it but on a graphics processor
   */
  distanceMap?: Tensor;
}

/** The rules of the options of every loss that measures distances. */
export const distanceRules = { ...sharedRules, spacing, distanceMap: tensor };

/** The options of a loss that measures distances, after reading. */
export interface SettledDistance {
  readonly spacing: number | readonly number[];
  readonly distanceMap: Tensor | undefined;
}

/** What a map of `@lossary/distance-map` is asked for beside the labels. */
export interface MapRequest {
  readonly classes?: number;
  readonly spacing: readonly number[];
  readonly weights?: Tensor;
}

/** The spacing beside a map that is there already would be ignored in silence, so it is refused. */
export function refuseSpacingBesideMap(who: string, given: DistanceLossOptions | undefined): void {
  if (given?.distanceMap === undefined || given.spacing === undefined) return;
  throw new Error(`${who}: spacing contradicts distanceMap, whose distances are measured already`);
}

/** The caller's map, or else the one that `make` makes from the labels, `[batch, voxels, classes]`, constant for every gradient. */
export function labelField(
  problem: Problem,
  options: SettledDistance,
  make: (labels: Tensor, request: MapRequest) => Tensor,
): Tensor3D {
  if (options.distanceMap !== undefined) return givenField(problem, options.distanceMap);
  // a channel after the indices, so that a last axis of length 1 is not taken for one
  const labels = () => restoreSpatial(problem.labels, problem);
  return madeField(problem, options, (request) =>
    hasIndices(problem)
      ? make(expandDims(labels(), -1), { ...request, classes: problem.classes })
      : make(labels(), request),
  );
}

/** A map made in each call, `[batch, voxels, classes]`. */
export function madeField(
  problem: Problem,
  options: Pick<SettledDistance, "spacing">,
  make: (request: MapRequest) => Tensor,
): Tensor3D {
  const { batch, voxels } = problem;
  expectReadable(problem);
  return detached(() => {
    const weights = weightsOf(problem);
    const request = { spacing: spacingOf(problem, options.spacing) };
    const map = make(weights ? { ...request, weights: restoreSpatial(weights, problem) } : request);
    return reshape(map, [batch, voxels, map.shape.at(-1) as number]) as Tensor3D;
  });
}

/** Throws on a backend that can neither make a map nor read back while a loss waits. */
export function expectReadable({ who }: Problem): void {
  if (getBackend() !== "webgpu" || runsOnGpu()) return;
  throw new Error(
    `${who}: webgpu cannot read tensors back at once; give distanceMap, made beforehand with an async map`,
  );
}

/** A map that was made before, `[batch, voxels, classes]`. */
export function givenField({ who, batch, spatial, voxels, classes }: Problem, map: Tensor): Tensor3D {
  const expected = [batch, ...spatial, classes];
  const has = (shape: readonly number[]) =>
    map.rank === shape.length && shape.every((side, axis) => side === map.shape[axis]);
  const fits = has(expected) || (classes === 1 && has(expected.slice(0, -1)));
  if (!fits || (map.dtype !== "float32" && map.dtype !== "int32")) {
    refuse(who, "distanceMap", `a number tensor [${expected.join(",")}], one distance a voxel and class`, map);
  }
  return detached(() => reshape(cast(map, "float32"), [batch, voxels, classes]) as Tensor3D);
}
