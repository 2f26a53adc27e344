import type { LossOption } from "./loss-option.ts";

/** What a loss is made of: voxels' log-probabilities, overlap, distances to borders, or other losses. */
export type LossFamily = "distribution" | "region" | "boundary" | "compound";

/**
 * A form that labels may have: int32 class indices, whole numbers one-hot, shares of float32, or channels of which a voxel may have several.
 */
export type LabelForm = "indices" | "one-hot" | "soft" | "multi-label";

/** Where a loss comes from. */
export interface Paper {
  /** As the documentation names them. */
  readonly authors: string;
  /** The title of the paper. */
  readonly title: string;
  /** The conference or journal; empty where it was neither. */
  readonly venue: string;
  /** When it appeared. */
  readonly year: number;
  /** Where it can be read. */
  readonly url: string;
}

/** A loss of Lossary as data. */
export interface LossEntry {
  /** The name of the function: `diceLoss`. */
  readonly name: string;
  /** The package that exports it: `@lossary/losses-region`. */
  readonly package: string;
  /** What it is made of. */
  readonly family: LossFamily;
  /** What it is, one sentence of Markdown. */
  readonly summary: string;
  /** The formula in TeX, for display. */
  readonly formula: string;
  /** The papers behind it, the first one first. */
  readonly papers: readonly Paper[];
  /** The names of its arguments: labels, predictions and options, or for a function that makes a loss what that takes. */
  readonly parameters: readonly string[];
  /** Its options, in the order in which a form would show them: its own first, those of every loss last. */
  readonly options: readonly LossOption[];
  /** What the labels are, a line of Markdown; empty for a function that makes a loss. */
  readonly labelsDescription: string;
  /** What the predictions are, a line of Markdown; empty for a function that makes a loss. */
  readonly predictionsDescription: string;
  /** The forms of labels that it takes, each with some activation. */
  readonly labels: readonly LabelForm[];
  /** The activations that it takes; `"none"` where the predictions are what it needs already. */
  readonly activations: readonly ("none" | "softmax" | "sigmoid")[];
  /** The reductions that it takes with its other options at their defaults. */
  readonly reductions: readonly ("mean" | "sum" | "sample" | "none")[];
  /** How many classes the predictions must have at least. */
  readonly minimumClasses: 1 | 2;
  /** The numbers of spatial axes that it takes, among 0 to 3. */
  readonly spatialAxes: readonly number[];
  /** A program that calls it. */
  readonly example: string;
}
