import { type Tensor, tensor } from "@tensorflow/tfjs-core";
import type { LabelForm } from "../src/loss-entry.ts";

/** A small segmentation task of one kind, on which a loss is called to find out what it does. */
export interface Setting {
  readonly labels: LabelForm;
  readonly activation: "none" | "softmax" | "sigmoid";
  readonly classes: number;
  readonly axes: number;
}

const batch = 2;
const sides: readonly (readonly number[])[] = [[], [9], [6, 7], [3, 4, 3]];

/** Labels and predictions of a setting; the last class is absent from the last sample. */
export function tensorsOf(setting: Setting): { labels: Tensor; predictions: Tensor; weights: Tensor } {
  const { classes, axes } = setting;
  const shape = [batch, ...(sides[axes] as readonly number[])];
  const voxels = shape.reduce((product, side) => product * side, 1);
  const each = <T>(count: number, make: (index: number) => T) =>
    Array.from({ length: count }, (_, index) => make(index));
  const logits = each(voxels, (voxel) =>
    each(classes, (label) => 1.5 * Math.sin(1 + 0.13 * voxel + 2.1 * label + Math.sin(voxel))),
  );
  return {
    labels: labelsOf(
      setting,
      shape,
      each(voxels, (voxel) => labelOf(voxel, voxels, classes)),
    ),
    predictions: tensor(
      logits.flatMap((row) => (setting.activation === "none" ? shares(row, setting) : row)),
      [...shape, classes],
    ),
    weights: tensor(
      each(voxels, (voxel) => 0.5 + (voxel % 3)),
      shape,
    ),
  };
}

/** Stripes of classes, thick ones and thin ones; with one class a mask. */
function labelOf(voxel: number, voxels: number, classes: number): number {
  const label = Math.floor(Math.sqrt(voxel)) % Math.max(classes, 2);
  const isAbsent = classes > 2 && voxel >= voxels / batch && label === classes - 1;
  return isAbsent ? 0 : label;
}

function labelsOf({ labels, classes }: Setting, shape: readonly number[], indices: readonly number[]): Tensor {
  if (labels === "indices") return tensor([...indices], [...shape], "int32");
  const at = (label: number, index: number): boolean => (classes === 1 ? index === 1 : index === label);
  const dense = indices.flatMap((index, voxel) =>
    Array.from({ length: classes }, (_, label) => {
      if (labels === "multi-label") return Number((voxel + label) % (label + 2) === 0);
      if (labels === "one-hot") return Number(at(label, index));
      return at(label, index) ? 0.75 : 0.25 / Math.max(classes - 1, 1);
    }),
  );
  return tensor(dense, [...shape, classes], labels === "soft" ? "float32" : "int32");
}

/** Probabilities: of classes of which one holds, or each of its own. */
function shares(logits: readonly number[], { labels, classes }: Setting): number[] {
  if (classes === 1 || labels === "multi-label") return logits.map((logit) => 1 / (1 + Math.exp(-logit)));
  const powers = logits.map(Math.exp);
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
