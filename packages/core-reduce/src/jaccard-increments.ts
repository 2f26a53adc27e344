import {
  add,
  cast,
  concat,
  cumsum,
  equal,
  gather,
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
import { fusedJaccardIncrements } from "./fused/reductions/jaccard-increments.ts";
import { runConstant } from "./kernel.ts";
import { safeDivide } from "./safe-divide.ts";
import { detached } from "./stop-gradient.ts";

/**
 * What the Jaccard loss grows by when a voxel is called wrong after all voxels of larger error; a constant.
 *
 * ```math
 * \Delta_{\text{positive}} = \frac{v}{U}, \qquad \Delta_{\text{negative}} = \frac{I\, v}{U_0\, U_1}
 * ```
 *
 * With I = G - sum v g and U = G + sum v (1 - g) over what is wrong already, J = 1 - I / U. A positive takes v from I, and J grows by v / U;
 * a negative adds v to U, and J grows by I v / (U0 U1), before and after. These forms have no difference of near equals in them, as
 * J_k - J_(k-1) has. Voxels of equal error have no order; the positives among them share the mean of coming first and coming last,
 * v (1 / U0 + 1 / U1) / 2, and so do the negatives, v (I0 + I1) / (2 U0 U1), where 0 is before and 1 after all of them.
 *
 * @param errors - `[groups, size, classes]`, at least 0
 * @param positives - v g, the same shape
 * @param weights - v, `[groups, size]`; left out where every voxel weighs 1
 * @param fused - whether a fused kernel may run
 * @returns the increments, `[groups, size, classes]`, at least 0; those of a group and class add up to the loss of calling everything wrong: 1, or 0
 * where nothing weighs anything
 *
 * @example
 * ```ts
 * import { jaccardIncrements } from "@lossary/core-reduce";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const errors = tensor3d([[[0.1], [0.2], [0.4], [0.7]]]);
 * jaccardIncrements(errors, tensor3d([[[1], [0], [1], [1]]]), undefined).print(); // 0.25, 0.0833, 0.3333, 0.3333
 * ```
 */
export function jaccardIncrements(
  errors: Tensor3D,
  positives: Tensor3D,
  weights: Tensor2D | undefined,
  fused = true,
): Tensor3D {
  const inputs = { predictions: errors, positives, weights };
  return runConstant(fusedJaccardIncrements, inputs, {}, fused, () =>
    detached(() => tidy(() => sortedIncrements(errors, positives, negativesOf(positives, weights)))),
  );
}

/** v (1 - g). */
function negativesOf(positives: Tensor3D, weights: Tensor2D | undefined): Tensor3D {
  if (weights === undefined) return sub(1, positives);
  const [groups, size] = weights.shape;
  return sub(reshape(weights, [groups, size, 1]), positives);
}

function sortedIncrements(errors: Tensor3D, positives: Tensor3D, negatives: Tensor3D): Tensor3D {
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
