import { detached, type Problem } from "@lossary/core-reduce";
import { signedDistanceMap } from "@lossary/distance-map";
import { abs, add, div, max, minimum, relu, step, sub, type Tensor, type Tensor3D, tidy } from "@tensorflow/tfjs-core";
import { labelField, type SettledDistance } from "./class-field.ts";

/** t: the signed distances of the labels, either side divided by its extreme, `[batch, voxels, classes]`. */
export function normalizedField(problem: Problem, options: SettledDistance): Tensor3D {
  // without a border 1 on the outside and -1 on the inside: all of it is one side
  const field = labelField(problem, options, (labels, request) =>
    signedDistanceMap(labels, { ...request, noBackground: 1 }),
  );
  if (options.distanceMap !== undefined) return field;
  return detached(() => {
    const outside = tidy(() => share(relu(field)));
    return add(
      outside,
      tidy(() => share(minimum(field, 0))),
    ) as Tensor3D;
  });
}

/** A side divided by its extreme; one that is 0 everywhere stays so. */
function share(side: Tensor): Tensor {
  const extreme = tidy(() => max(abs(side), 1, true));
  return div(side, add(extreme, sub(1, step(extreme))));
}
