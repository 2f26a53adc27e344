import { reduceClasses } from "./class-mean.ts";
import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { overlap } from "./overlap.ts";
import { type Prepared, prepare } from "./prepare.ts";

/**
 * The Lovasz extension of the Jaccard loss, sum_k e_k (J_k - J_(k-1)) with the errors falling, J_k the Jaccard loss of
 * calling the first k voxels wrong, each counted by its weight. `order` gives the errors that sort (detached). Voxels of
 * equal error share what J grows by: the mean of all their positives coming first and all their negatives coming first.
 */
function lovaszExtension(
  errors: readonly number[],
  order: readonly number[],
  g: readonly number[],
  v: readonly number[],
): number {
  const counted = errors.map((_, i) => i).filter((i) => (v[i] as number) > 0);
  const total = (voxels: readonly number[], mass: (g: number) => number) =>
    voxels.reduce((sum, i) => sum + (v[i] as number) * mass(g[i] as number), 0);
  const labelled = total(counted, (g) => g);
  const levels = [...new Set(counted.map((i) => order[i] as number))].sort((a, b) => b - a);
  const jaccard = (positives: number, negatives: number) =>
    labelled + negatives === 0 ? 0 : 1 - (labelled - positives) / (labelled + negatives);
  let [positives, negatives, loss] = [0, 0, 0];
  for (const level of levels) {
    const tied = counted.filter((i) => order[i] === level);
    const [own, other] = [total(tied, (g) => g), total(tied, (g) => 1 - g)];
    const [before, after] = [jaccard(positives, negatives), jaccard(positives + own, negatives + other)];
    const [ownFirst, otherFirst] = [jaccard(positives + own, negatives), jaccard(positives, negatives + other)];
    const ofOwn = own === 0 ? 0 : (ownFirst - before + after - otherFirst) / 2 / own;
    const ofOther = other === 0 ? 0 : (after - ownFirst + otherFirst - before) / 2 / other;
    loss += tied.reduce((sum, i) => {
      const [weight, target] = [v[i] as number, g[i] as number];
      return sum + (errors[i] as number) * weight * (target * ofOwn + (1 - target) * ofOther);
    }, 0);
    positives += own;
    negatives += other;
  }
  return loss;
}

type ErrorOf = (element: number) => number;

function reduceExtensions(
  prepared: Prepared,
  classes: "present" | "all",
  error: ErrorOf,
  order: ErrorOf,
  hinge: boolean,
): ReferenceResult {
  const { per = "sample" } = prepared.options;
  const options = {
    ...prepared.options,
    over: per,
    emptyClass: classes === "present" ? ("skip" as const) : ("smooth" as const),
  };
  const settled = { ...prepared, options };
  const size = prepared.voxels * (per === "batch" ? prepared.batch : 1);
  return reduceClasses(settled, overlap(settled), (_, group, c) => {
    const elements = Array.from({ length: size }, (_, i) => (group * size + i) * prepared.classes + c);
    const errors = elements.map(error).map((e) => (hinge ? Math.max(e, 0) : e));
    const g = elements.map((k) => prepared.g[k] as number);
    const v = elements.map((k) => prepared.v[Math.floor(k / prepared.classes)] as number);
    return lovaszExtension(errors, elements.map(order), g, v);
  });
}

/** Lovasz-softmax in float64: errors |g - p| of each class. */
export function lovaszSoftmaxLoss(input: ReferenceInput): ReferenceResult {
  const prepared = prepare(input);
  const detached = prepare(input, input.detachedPredictions);
  const errorIn =
    ({ g, p }: Prepared) =>
    (k: number) =>
      Math.abs((g[k] as number) - (p[k] as number));
  return reduceExtensions(prepared, prepared.options.classes ?? "present", errorIn(prepared), errorIn(detached), false);
}

/** Lovasz hinge in float64: errors max(0, 1 - (2g - 1) x) of the scores x, which are the predictions as they come. */
export function lovaszHingeLoss(input: ReferenceInput): ReferenceResult {
  const prepared = prepare({ ...input, options: { multiLabel: true, ...input.options } });
  const errorIn = (scores: Float64Array) => (k: number) =>
    1 - (2 * (prepared.g[k] as number) - 1) * (scores[k] as number);
  const detached = errorIn(input.detachedPredictions ?? input.predictions);
  return reduceExtensions(prepared, prepared.options.classes ?? "all", errorIn(input.predictions), detached, true);
}
