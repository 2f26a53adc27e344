import {
  add,
  cast,
  customGrad,
  div,
  equal,
  type GradSaveFunc,
  min,
  mul,
  neg,
  sqrt,
  stack,
  step,
  sub,
  sum,
  type Tensor,
  unstack,
} from "@tensorflow/tfjs-core";

/** TP, TN, FP and FN, all of one shape. */
export type Counts = readonly [Tensor, Tensor, Tensor, Tensor];

/**
 * One minus the correlation of a contingency table, and its gradient, both without a difference of near equals.
 *
 * With A = TP TN / D, C = FP FN / D and D the root of the four sizes' product, L = 1 - A + C. A^2 is the product of the four shares that are right (of what
 * is predicted, labelled, and neither), so w = 1 - A^2 comes from the shares that are wrong, and 1 - A = w / (1 + A): sums of positive terms, in
 * which a nearly perfect prediction keeps its digits.
 *
 * Each count x is a part of two sizes, r with one partner x' and s with another x'', as TP is of TP + FP and TP + FN; the remaining count y is a part of the other
 * two. Then dA/dx or dC/dx is y (x' / r + x'' / s) / 2 D for the product that x stands in, and - (1 / r + 1 / s) / 2 times the other product. So
 *
 *     dL/dx = -/+ [y (x' / r + x'' / s) / D + P / r + P / s] / 2,
 *
 * below 0 with P = C where x is right, above 0 with P = A where it is wrong. Where a size is 0 there is no correlation: L and its gradient are 0.
 */
export function oneMinusCorrelation(...counts: Counts): Tensor {
  const loss = customGrad((...given: (Tensor | GradSaveFunc)[]) => {
    const table = given.slice(0, 4) as unknown as Counts;
    (given[4] as GradSaveFunc)([...table]);
    return {
      value: lossOf(table),
      gradFunc: (upstream, saved) => slopesOf(saved as unknown as Counts, upstream),
    };
  });
  return loss(...counts);
}

function lossOf(table: Counts): Tensor {
  const { agreement, conflict, partnerShares, hasCorrelation } = productsOf(table);
  const wrong = unstack(partnerShares)
    .flatMap((shares) => unstack(shares).slice(0, 2))
    .reduce(either);
  return mul(add(div(wrong, add(agreement, 1)), conflict), hasCorrelation);
}

function slopesOf(table: Counts, upstream: Tensor): Tensor[] {
  const { agreement, conflict, partnerShares, hasCorrelation, sizes, shares, overRoots } = productsOf(table);
  const [ofTruePositives, ofTrueNegatives, ofFalsePositives, ofFalseNegatives] = shares;
  const remaining = overRoots(stack([ofTrueNegatives, ofTruePositives, ofFalseNegatives, ofFalsePositives]));
  const others = div(stack([conflict, conflict, agreement, agreement]), sizes);
  const slopes = add(mul(remaining, sum(partnerShares, 0)), sum(others, 0));
  const ofWrong = mul(mul(upstream, 0.5), hasCorrelation);
  const ofRight = neg(ofWrong);
  return unstack(mul(slopes, stack([ofRight, ofRight, ofWrong, ofWrong])));
}

/** Everything that both are made of, of TP, TN, FP and FN side by side. */
function productsOf([truePositives, trueNegatives, falsePositives, falseNegatives]: Counts) {
  const counts = stack([truePositives, trueNegatives, falsePositives, falseNegatives]);
  const partners = stack([
    stack([falsePositives, falsePositives, truePositives, truePositives]),
    stack([falseNegatives, falseNegatives, trueNegatives, trueNegatives]),
  ]);
  const found = add(counts, partners);
  // 1 stands in for 0
  const sizes = add(found, cast(equal(found, 0), "float32"));
  const [first, second] = unstack(sqrt(sizes)) as [Tensor, Tensor];
  // root by root: where next to nothing counts, the product of all four is 0
  const overRoots = (x: Tensor) => div(div(x, first), second);
  const shares = unstack(overRoots(counts)) as [Tensor, Tensor, Tensor, Tensor];
  return {
    sizes,
    shares,
    overRoots,
    agreement: mul(shares[0], shares[1]),
    conflict: mul(shares[2], shares[3]),
    partnerShares: div(partners, sizes),
    hasCorrelation: step(min(found, [0, 1])),
  };
}

/** 1 - (1 - a) (1 - b) without the differences. */
function either(a: Tensor, b: Tensor): Tensor {
  return add(a, mul(b, sub(1, a)));
}
