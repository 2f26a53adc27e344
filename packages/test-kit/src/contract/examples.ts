import type { LossCall } from "../evaluate.ts";
import type { Subject } from "./suite.ts";

/** Unequal sides for a number of spatial axes. */
const sidesOf = (rank: number) => [2, 5, 3].slice(0, rank);

/** The activation that goes with a class count, of those that a loss takes. */
export function activationOf({ activations }: Subject, classes: number): "none" | "softmax" | "sigmoid" {
  const wanted = classes === 1 ? (["sigmoid", "none"] as const) : (["softmax", "sigmoid", "none"] as const);
  const found = wanted.find((activation) => activations.includes(activation));
  if (!found) throw new Error(`contract: no activation for ${classes} classes among ${activations.join(", ")}`);
  return found;
}

/** The largest class count that a loss takes. */
export const mostClasses = ({ classes }: Subject): number => Math.max(...classes);

/** A plain call for the facts that need no generator: two samples, indices where the loss takes them, uneven logits. */
export function plainCall(
  subject: Subject,
  options: object = {},
): LossCall & { predictions: Float64Array; labels: Float64Array | Int32Array; options: object } {
  const classes = mostClasses(subject);
  const activation = activationOf(subject, classes);
  const shape = [2, ...sidesOf(Math.max(...subject.ranks)), classes];
  const voxels = shape.slice(0, -1).reduce((product, side) => product * side, 1);
  const labelsOf = Int32Array.from({ length: voxels }, (_, i) => (i * 7 + (i >> 2)) % Math.max(2, classes));
  const labels = subject.targets.includes("indices") ? labelsOf : oneHot(labelsOf, classes);
  const predictions = Float64Array.from({ length: voxels * classes }, (_, i) => {
    const wave = Math.fround(Math.sin(i * 1.7) * 2);
    return activation === "none" ? Math.fround(0.5 + wave / 8) : wave;
  });
  return { shape, predictions, labels, options: { ...subject.required, ...options, activation } };
}

/** Class indices as dense numbers; one class holds the index itself. */
export function oneHot(labels: Int32Array, classes: number): Float64Array {
  if (classes === 1) return Float64Array.from(labels);
  return Float64Array.from({ length: labels.length * classes }, (_, i) =>
    labels[Math.floor(i / classes)] === i % classes ? 1 : 0,
  );
}
