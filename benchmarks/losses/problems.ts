import { type Tensor, tensor } from "@tensorflow/tfjs-core";

/** How the truth is given. */
export type Target = "int32" | "one-hot";

/** One batch of logits with its truth. */
export interface Problem {
  readonly shape: readonly number[];
  readonly target: Target;
  readonly classes: number;
  readonly logits: Tensor;
  readonly labels: Tensor;
}

/** A voxel's class: every axis is cut into five, and neighbouring boxes are of different classes. */
function classOf(voxel: number, spatial: readonly number[], classes: number): number {
  let [rest, box] = [voxel, 0];
  for (const side of spatial.toReversed()) {
    box = box * 5 + Math.floor((5 * (rest % side)) / side);
    rest = Math.floor(rest / side);
  }
  return box % Math.max(2, classes);
}

/** The same numbers on every run and backend. */
export function makeProblem(shape: readonly number[], target: Target): Problem {
  const classes = shape.at(-1) as number;
  const voxels = shape.slice(0, -1).reduce((product, side) => product * side, 1);
  const spatial = shape.slice(1, -1);
  const indexOf = (voxel: number) => classOf(voxel, spatial, classes);
  const logits = Float32Array.from({ length: voxels * classes }, (_, i) => 3 * Math.sin(1.7 * i));
  const oneHot = (i: number) => (classes === 1 ? indexOf(i) : Number(indexOf(Math.floor(i / classes)) === i % classes));
  return {
    shape,
    target,
    classes,
    logits: tensor(logits, [...shape]),
    labels:
      target === "int32"
        ? tensor(
            Int32Array.from({ length: voxels }, (_, i) => indexOf(i)),
            shape.slice(0, -1),
            "int32",
          )
        : tensor(
            Float32Array.from({ length: voxels * classes }, (_, i) => oneHot(i)),
            [...shape],
          ),
  };
}
