import { reduceClasses } from "./class-mean.ts";
import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { overlap } from "./overlap.ts";
import { type Prepared, prepare } from "./prepare.ts";

/**
 * The Lovasz extension of the Jaccard loss, sum_k e_k (J_k - J_(k-1)) with the errors falling, J_k the Jaccard loss of
 * calling the first k voxels wrong, each counted by its weight. `order` gives the errors that sort (detached); equal
 * errors keep the order of the voxels.
 */
function lovaszExtension(
  errors: readonly number[],
  order: readonly number[],
  g: readonly number[],
  v: readonly number[],
): number {
  const sorted = errors.map((_, i) => i).filter((i) => (v[i] as number) > 0);
  sorted.sort((a, b) => (order[b] as number) - (order[a] as number));
  const labelled = sorted.reduce((sum, i) => sum + (v[i] as number) * (g[i] as number), 0);
  let [intersection, union, before, loss] = [labelled, labelled, 0, 0];
  for (const i of sorted) {
    intersection -= (v[i] as number) * (g[i] as number);
    union += (v[i] as number) * (1 - (g[i] as number));
    const jaccard = union === 0 ? 0 : 1 - intersection / union;
    loss += (errors[i] as number) * (jaccard - before);
    before = jaccard;
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
