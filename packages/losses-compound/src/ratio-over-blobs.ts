import { type Overlap, overlapAndRegionSums, type Problem, type SettledShared, sumMap } from "@lossary/core-reduce";
import {
  focalTverskyFromOverlap,
  focalTverskyLoss,
  iouFromOverlap,
  iouLoss,
  logCoshDiceFromOverlap,
  logCoshDiceLoss,
  tverskyFromOverlap,
  tverskyLoss,
} from "@lossary/losses-region";
import { mul, reshape, sum, type Tensor, type Tensor2D, tensor2d } from "@tensorflow/tfjs-core";
import type { NamedTerm } from "./compound.ts";
import { findComponents } from "./find-regions.ts";
import type { OverlapEquation, TermRecord } from "./one-pass.ts";
import { diceTerm, generalizedDiceTerm, intersectionOf } from "./overlap-terms.ts";

function termOf(loss: NamedTerm["loss"], name: string, from: OverlapEquation["from"]): NamedTerm {
  const equation = { loss: name, name: `${name.replace(/Loss$/, "")}FromOverlap`, from, intersection: intersectionOf };
  return { loss, weight: 1, overlap: equation };
}

/** The losses of which it is known how they follow from sums of overlap. */
const known = (): readonly NamedTerm[] => [
  diceTerm,
  generalizedDiceTerm,
  termOf(focalTverskyLoss, "focalTverskyLoss", focalTverskyFromOverlap),
  termOf(iouLoss, "iouLoss", iouFromOverlap),
  termOf(logCoshDiceLoss, "logCoshDiceLoss", logCoshDiceFromOverlap),
  termOf(tverskyLoss, "tverskyLoss", tverskyFromOverlap),
];

/** The equation on sums that a loss is, if it reads I, FP and FN alone. */
export function equationOf(loss: unknown, { denominator }: TermRecord): OverlapEquation | undefined {
  return denominator === "squares" ? undefined : known().find((term) => term.loss === loss)?.overlap;
}

/** A loss over the whole image, if the sums of its components say it, and its mean over samples, classes and components. */
export interface RatioOverBlobs {
  readonly main: Tensor | undefined;
  readonly blobs: Tensor;
}

/**
 * The mean over components of a loss that is an equation on sums of overlap, in one pass over the voxels for all of them; nothing where a voxel may
 * be in several components, or none is in any.
 *
 * @param options - those of the whole image, and those among them that a component takes
 */
export function ratioOverBlobs(
  { from, intersection }: OverlapEquation,
  problem: Problem,
  { includeBackground }: SettledShared,
  options: Readonly<Record<"ofComponents" | "ofWhole", TermRecord>>,
): RatioOverBlobs | undefined {
  const found = findComponents(problem);
  if (found === undefined || found.rows.length === 0) return undefined;
  const { batch, voxels, fused } = problem;
  const indices = problem.labels.rank === 2 ? problem.labels : tensor2d(found.indices, [batch, voxels], "int32");
  const numbers = tensor2d(found.numbers, [batch, voxels], "int32");
  const ofOverlap = { intersection: intersection(options.ofWhole), includeBackground };
  const parts = { numbers, rows: found.rows };
  const { overlap, regions } = overlapAndRegionSums({ ...problem, labels: indices }, ofOverlap, parts);
  // no equation here reads the squared errors that regions have not
  const ofEach = from(regions as Overlap, { ...options.ofComponents, reduction: "sample" });
  const shared = mul(reshape(ofEach, [1, -1]), tensor2d([...found.shares], [1, found.rows.length])) as Tensor2D;
  return {
    main: found.isHard ? from(overlap, options.ofWhole) : undefined,
    blobs: sum(sumMap(shared, fused)),
  };
}
