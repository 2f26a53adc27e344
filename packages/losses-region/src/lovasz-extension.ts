import {
  denseTarget,
  detached,
  oneOf,
  type Problem,
  reduceClasses,
  type SettledShared,
  type SharedOptions,
  safeDivide,
  sharedRules,
  sumVoxels,
  weighed,
  weightsOf,
} from "@lossary/core-reduce";
import {
  add,
  cast,
  concat,
  cumsum,
  equal,
  gather,
  greater,
  lowerBound,
  maximum,
  mul,
  neg,
  onesLike,
  reshape,
  slice,
  stack,
  sub,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  tidy,
  topk,
  transpose,
  unstack,
  upperBound,
  zeros,
} from "@tensorflow/tfjs-core";

/** The options that the Lovasz losses share. */
export interface LovaszOptions extends SharedOptions {
  /**
   * Whose voxels are sorted together: those of a sample, or of the whole batch.
   * @defaultValue `"sample"`
   */
  per?: "sample" | "batch";
}

/** The rules of the options that the Lovasz losses share. */
export const lovaszRules = { ...sharedRules, per: oneOf("sample", "batch") };

/** The options of a Lovasz loss after reading. */
export interface SettledLovasz
  extends Pick<SettledShared, "reduction" | "classWeights" | "normalize" | "includeBackground"> {
  readonly per: "sample" | "batch";
  readonly classes: "present" | "all";
}

/**
 * The Lovasz extension of the Jaccard loss, sum_k e_k (J_k - J_(k-1)) with the errors e falling and J_k the Jaccard loss of calling the
 * first k voxels wrong, for each (group, class); then the mean over the classes that take part, and over groups.
 *
 * It is linear in the errors as long as their order stays: its gradient is the increment that each error is multiplied by, and the
 * sorting itself needs none.
 *
 * @param errors - `[batch, voxels, classes]`, differentiable
 */
export function lovaszExtension(problem: Problem, errors: Tensor3D, options: SettledLovasz): Tensor {
  const { who, batch, voxels, classes } = problem;
  if (options.per === "batch" && options.reduction === "sample") {
    throw new Error(
      `${who}: reduction "sample" contradicts per "batch", which sorts the voxels of all samples together`,
    );
  }
  const [groups, size] = options.per === "batch" ? [1, batch * voxels] : [batch, voxels];
  const grouped = (values: Tensor3D): Tensor3D => reshape(values, [groups, size, classes]);
  const weights = weightsOf(problem);
  const positives = grouped(weighed(denseTarget(problem), weights));
  const negatives = sub(weights ? grouped(weighed(onesLike(errors), weights)) : 1, positives) as Tensor3D;
  const increments = detached(() => tidy(() => jaccardIncrements(grouped(errors), positives, negatives)));
  const losses = sumVoxels(mul(grouped(errors), increments));
  const present = detached(() => cast(greater(sumVoxels(positives), 0), "float32"));
  const taking = options.classes === "present" ? present : onesLike(present);
  const first = options.includeBackground ? 0 : 1;
  const taken = (values: Tensor): Tensor2D => slice(values as Tensor2D, [0, first], [-1, -1]);
  return reduceClasses(who, taken(losses), options, taken(taking));
}

/**
 * What the Jaccard loss grows by when a voxel is called wrong after all voxels of larger error, `[groups, size, classes]`.
 *
 * With I = G - sum v g and U = G + sum v (1 - g) over what is wrong already, J = 1 - I / U. A positive takes v from I, and J grows by v / U;
 * a negative adds v to U, and J grows by I v / (U0 U1), before and after. These forms have no difference of near equals in them, as
 * J_k - J_(k-1) has. Voxels of equal error have no order; the positives among them share the mean of coming first and coming last,
 * v (1 / U0 + 1 / U1) / 2, and so do the negatives, v (I0 + I1) / (2 U0 U1), where 0 is before and 1 after all of them.
 */
function jaccardIncrements(errors: Tensor3D, positives: Tensor3D, negatives: Tensor3D): Tensor3D {
  const [groups, size, classes] = errors.shape;
  const asRows = (values: Tensor3D): Tensor2D => reshape(transpose(values, [0, 2, 1]), [groups * classes, size]);
  const [e, positive, negative] = [errors, positives, negatives].map(asRows) as [Tensor2D, Tensor2D, Tensor2D];
  const { values, indices } = topk(e, size, true);
  const rising = neg(values) as Tensor2D;
  const [before, after] = [lowerBound(rising, neg(e)), upperBound(rising, neg(e))];
  const sumsOf = (masses: Tensor2D) => {
    const sums = sumsBefore(gatherRows(masses, indices));
    return [gatherRows(sums, before), gatherRows(sums, after), slice(sums, [0, size], [-1, 1])] as const;
  };
  const [wrongPositives0, wrongPositives1, labelled] = sumsOf(positive);
  const [wrongNegatives0, wrongNegatives1] = sumsOf(negative);
  const [i0, i1] = [wrongPositives0, wrongPositives1].map((wrong) => maximum(sub(labelled, wrong), 0)) as [
    Tensor,
    Tensor,
  ];
  const [u0, u1] = [wrongNegatives0, wrongNegatives1].map((wrong) => add(labelled, wrong)) as [Tensor, Tensor];
  const one = onesLike(u0);
  const perPositive = mul(add(safeDivide(one, u0), safeDivide(one, u1)), 0.5);
  const perNegative = safeDivide(mul(add(i0, i1), 0.5), mul(u0, u1));
  // nothing labelled and nothing wrong before: J jumps from 0 to 1
  const jump = mul(cast(equal(u0, 0), "float32"), safeDivide(one, u1));
  const increments = add(mul(positive, perPositive), mul(negative, add(perNegative, jump)));
  return transpose(reshape(increments, [groups, classes, size]), [0, 2, 1]);
}

/** The sum of everything before each place, and of everything: `[rows, size]` to `[rows, size + 1]`. */
function sumsBefore(values: Tensor): Tensor2D {
  const rows = values.shape[0] as number;
  return concat([zeros([rows, 1]), cumsum(values, 1)], 1) as Tensor2D;
}

/** The values of each row at places in that row. One row at a time: with `batchDims` wasm reads every row from the first ones. */
function gatherRows(values: Tensor2D, places: Tensor): Tensor2D {
  const rowsOfPlaces = unstack(places);
  return stack(unstack(values).map((row, index) => gather(row, rowsOfPlaces[index] as Tensor1D))) as Tensor2D;
}
