import {
  channelsOf,
  detached,
  hasIndices,
  joinChannels,
  labelRegions,
  largestRegions,
  type Problem,
  restoreSpatial,
  runsOnGpu,
  weightsOf,
} from "@lossary/core-reduce";
import { distanceMap } from "@lossary/distance-map";
import {
  add,
  cast,
  dispose,
  div,
  getBackend,
  lessEqual,
  max,
  min,
  mul,
  ones,
  reshape,
  sub,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  tidy,
  zeros,
} from "@tensorflow/tfjs-core";
import { countedVoxels } from "./counted-voxels.ts";

/** Larger than every distance. */
const beyond = 1e30;

/** F of each voxel, `[batch, voxels]`, or of each channel's regions, `[batch, voxels, classes]`, from the labels. */
export function penaltyField(problem: Problem, spacing: readonly number[]): Tensor2D | Tensor3D {
  if (getBackend() === "webgpu" && !runsOnGpu()) {
    throw new Error(
      `${problem.who}: webgpu cannot read labels back at once; make distanceMap beforehand with penaltyMapAsync of @lossary/distance-map`,
    );
  }
  // class by class: what is measured is then as large as one channel
  const labels = Array.from({ length: problem.classes }, (_, label) => label);
  return detached<Tensor2D | Tensor3D>(() => {
    // asked once for all classes: it reads the labels
    const counting = { weights: weightsOf(problem), counted: countedVoxels(problem) };
    const field = (region: Tensor3D) => penaltyWithin(region, problem, spacing, counting);
    if (problem.multiLabel) return joinChannels(labels.map(ofBothSides(problem, field)));
    return sumOverClasses(problem, field);
  });
}

/** The sum over the classes of something of the voxels that belong to each most, `[batch, voxels]`: class by class, so that little is alive at once. */
function sumOverClasses(problem: Problem, term: (own: Tensor3D, label: number) => Tensor3D): Tensor2D {
  const { batch, voxels, classes } = problem;
  const own = ownRegions(problem);
  let sum = zeros([batch, voxels]) as Tensor2D;
  for (let label = 0; label < classes; label++) {
    const next = tidy(() => {
      const ofClass = term(own(label), label);
      return add(sum, reshape(ofClass, [batch, voxels])) as Tensor2D;
    });
    dispose(sum);
    sum = next;
  }
  return sum;
}

/** F of a channel: that of its positives and that of its negatives. */
function ofBothSides(problem: Problem, field: (region: Tensor3D) => Tensor3D): (label: number) => Tensor3D {
  const positives = labelRegions(problem);
  return (label) =>
    tidy(() => {
      const inClass = positives(label);
      return add(
        field(inClass),
        tidy(() => field(sub(1, inClass) as Tensor3D)),
      );
    });
}

/** Where voxels belong most to a class, `[batch, voxels, 1]`; what stands at ignored voxels means nothing. */
function ownRegions(problem: Problem): (label: number) => Tensor3D {
  const { classes, batch, voxels } = problem;
  if (classes === 1) return () => ones([batch, voxels, 1]);
  return hasIndices(problem) ? labelRegions(problem) : largestRegions(problem);
}

/**
 * (max d - d) / (max d - min d) inside each region, 1 where that is 0/0, and 0 outside. Ignored voxels are on no side: no distance ends there,
 * and their own is 0, as outside of the region.
 *
 * @param region - `[batch, voxels, 1]`
 */
function penaltyWithin(
  region: Tensor3D,
  problem: Problem,
  spacing: readonly number[],
  { weights, counted }: Readonly<Record<"counted" | "weights", Tensor2D | undefined>>,
): Tensor3D {
  const inside = counted ? tidy(() => mul(region, reshape(counted, region.shape))) : region;
  const request = { spacing, ...(weights && { weights: restoreSpatial(weights, problem) }) };
  const distance = reshape(distanceMap(restoreSpatial(region, problem), request), region.shape);
  const deepest = max(distance, 1, true);
  const nearest = tidy(() => min(add(distance, mul(sub(1, inside), beyond)), 1, true));
  const range = sub(deepest, nearest);
  // equal distances that were reached over different offsets may differ in their last digit
  const isFlat = cast(lessEqual(range, mul(deepest, 1e-6)), "float32");
  const ofRange = div(sub(1, isFlat), add(range, isFlat));
  const penalty = tidy(() => add(mul(sub(deepest, distance), ofRange), isFlat));
  return mul(inside, penalty) as Tensor3D;
}

/** A map that was made before, as `penaltyField` would have made it: where classes are exclusive, each voxel takes the entry of its own class. */
export function givenField(problem: Problem, field: Tensor): Tensor2D | Tensor3D {
  const { batch, spatial, voxels, classes, multiLabel, who } = problem;
  const perVoxel = [batch, ...spatial];
  const perClass = [...perVoxel, classes];
  const has = (shape: readonly number[]) =>
    field.rank === shape.length && shape.every((side, axis) => side === field.shape[axis]);
  if ((!has(perVoxel) && !has(perClass)) || field.dtype === "string" || field.dtype === "complex64") {
    throw new Error(
      `${who}: distanceMap must be a number tensor [${perVoxel.join(",")}], one penalty a voxel, or [${perClass.join(",")}] (got ${field.dtype} tensor [${field.shape.join(",")}])`,
    );
  }
  return detached<Tensor2D | Tensor3D>(() => {
    const penalties = cast(field, "float32");
    if (has(perVoxel)) return reshape(penalties, [batch, voxels]) as Tensor2D;
    const ofClasses = reshape(penalties, [batch, voxels, classes]) as Tensor3D;
    if (multiLabel) return ofClasses;
    const ofClass = channelsOf(ofClasses);
    return sumOverClasses(problem, (own, label) => mul(own, ofClass(label)));
  });
}
