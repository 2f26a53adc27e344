import { detached, type Problem, safeDivide, sumVoxels } from "@lossary/core-reduce";
import {
  add,
  cast,
  fill,
  greater,
  less,
  lessEqual,
  minimum,
  mul,
  reshape,
  type Tensor3D,
  where,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { folded } from "./folded.ts";
import { embedded, type Grid, moved, nextTo } from "./grid.ts";
import { countedVoxels, voxelWeights } from "./masks.ts";
import { cornerOffsets } from "./neighbours.ts";

/** Where boundary voxels should go, all constant and one value a voxel of the grid. */
export interface Directions {
  readonly grid: Grid;
  /** M, the distance to the true boundary. */
  readonly distance: Tensor3D;
  /** The smallest distance of a neighbour. */
  readonly nearest: Tensor3D;
  /** How many neighbours there are, and how many of them are nearest. */
  readonly neighbours: Tensor3D;
  readonly goals: Tensor3D;
  /** 1 where a voxel counts. */
  readonly counted: Tensor3D;
  /** The voxel's share of the loss of its sample, 0 where there is nowhere to go. */
  readonly share: Tensor3D;
}

/** Distances that differ by less are equal: rounding must not make one of two equally near neighbours the nearest. */
export const tie = 1e-6;

/** Beyond every distance. */
const nowhere = 1e30;

/** Where the voxels of the predicted boundary should go. */
export function directionTargets(
  problem: Problem,
  given: Tensor3D,
  boundary: Tensor3D,
  maxDistance: number,
): Directions {
  const { spatial, batch } = problem;
  const grid = nextTo(spatial);
  const onGrid = (values: Tensor3D) => detached(() => embedded(values, grid));
  const [distance, counted] = [onGrid(given), onGrid(countedVoxels(problem))];
  const over = (start: Tensor3D, fold: (sofar: Tensor3D, distance: Tensor3D, counted: Tensor3D) => Tensor3D) =>
    detached(() =>
      folded(start, cornerOffsets(spatial.length), (sofar, offset) =>
        fold(sofar, moved(distance, grid, offset), moved(counted, grid, offset)),
      ),
    );
  const none = zerosLike(counted);
  const nearest = over(fill(counted.shape, nowhere), (least, near, is) =>
    minimum(least, where(greater(is, 0), near, fill(is.shape, nowhere))),
  );
  const neighbours = over(none, (count, _, is) => add(count, is));
  const goals = over(none, (count, near, is) => add(count, mul(isGoal(near, nearest), is)));
  const share = detached(() => {
    const moving = mul(onGrid(boundary), cast(less(nearest, mul(distance, 1 - tie)), "float32"));
    const mass = mul(moving, onGrid(voxelWeights(problem))) as Tensor3D;
    const total = reshape(sumVoxels(mass), [batch, 1, 1]);
    return mul(safeDivide(mass, total), minimum(mul(distance, 1 / maxDistance), 1)) as Tensor3D;
  });
  return { grid, distance, nearest, neighbours, goals, counted, share };
}

/** 1 where a neighbour is among the nearest. */
export function isGoal(distance: Tensor3D, nearest: Tensor3D): Tensor3D {
  return cast(lessEqual(distance, mul(nearest, 1 + tie)), "float32") as Tensor3D;
}
