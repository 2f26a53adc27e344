import { detached, type Problem, safeDivide } from "@lossary/core-reduce";
import { signedDistanceMap } from "@lossary/distance-map";
import { max, neg, relu, sub, type Tensor, type Tensor3D } from "@tensorflow/tfjs-core";
import { labelField, type SettledDistance } from "./class-field.ts";

/** t: the signed distances of the labels, either side divided by its extreme, `[batch, voxels, classes]`. */
export function normalizedField(problem: Problem, options: SettledDistance): Tensor3D {
  // without a border 1 on the outside and -1 on the inside: all of it is one side
  const field = labelField(problem, options, (labels, request) =>
    signedDistanceMap(labels, { ...request, noBackground: 1 }),
  );
  if (options.distanceMap !== undefined) return field;
  const share = (side: Tensor) => safeDivide(side, max(side, 1, true));
  return detached(() => sub(share(relu(field)), share(relu(neg(field)))) as Tensor3D);
}
