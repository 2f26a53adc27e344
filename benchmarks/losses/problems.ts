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

/** The same numbers on every run and backend. */
export function makeProblem(shape: readonly number[], target: Target): Problem {
  const classes = shape.at(-1) as number;
  const voxels = shape.slice(0, -1).reduce((product, side) => product * side, 1);
  const indexOf = (voxel: number) => ((voxel * 7919) >>> 5) % Math.max(2, classes);
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
