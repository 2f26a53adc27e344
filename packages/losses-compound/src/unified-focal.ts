import {
  type CrossEntropyTerms,
  classCoefficients,
  distributionRules,
  guardedPower,
  numberWithin,
  type Overlap,
  oneMinusRatio,
  overlapAndCrossEntropySums,
  overlapSums,
  type Problem,
  prepare,
  ratioRules,
  readOptions,
  reduceCrossEntropy,
  reduceCrossEntropyTerms,
  reduceRatio,
  refuse,
  refuseSoftSmoothing,
  type Settled,
  type Smoothing,
  sharesOnePass,
} from "@lossary/core-reduce";
import {
  add,
  concat,
  maximum,
  mul,
  slice,
  sub,
  type Tensor,
  type Tensor2D,
  tensor2d,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { compoundRules, type EvaluatedTerm } from "./compound.ts";

/** The rules of both unified focal losses. */
export const unifiedFocalRules = {
  ...distributionRules,
  ...ratioRules,
  components: compoundRules.components,
  focalWeight: numberWithin(0, 1, 0.5),
  delta: numberWithin(0, 1, 0.6),
  gamma: numberWithin(0, Number.POSITIVE_INFINITY, 0.5),
};

type SettledUnified = Settled<typeof unifiedFocalRules>;

/** Which classes are modulated: in the asymmetric form the focal part spares the foreground, the Tversky part the background. */
type Form = "asymmetric" | "symmetric";

/** The two parts of a unified focal loss, unweighted. */
export function unifiedFocalTerms(
  who: string,
  form: Form,
  labels: Tensor,
  predictions: Tensor,
  options: object | undefined,
): EvaluatedTerm<"focal" | "tversky">[] {
  const settled = readOptions(who, options, unifiedFocalRules);
  const { focalWeight, gamma } = settled;
  if (gamma >= 1 && focalWeight < 1) refuse(who, "gamma", "below 1 where there is a Tversky part", gamma);
  const problem = prepare(who, labels, predictions, settled);
  refuseSoftSmoothing(problem, settled);
  const terms = focalTerms(problem, settled, form);
  const isBoth = focalWeight < 1;
  const joint =
    isBoth && settled.reduction !== "none" && sharesOnePass(problem.fused)
      ? overlapAndCrossEntropySums(problem, settled, terms[0])
      : undefined;
  const focal = terms
    .map((term, index) =>
      joint && index === 0
        ? reduceCrossEntropy(problem, joint.crossEntropy, settled, term)
        : reduceCrossEntropyTerms(problem, term, settled),
    )
    .reduce((sum, value) => add(sum, value));
  const tversky = () =>
    reduceRatio(who, joint?.overlap ?? overlapSums(problem, settled), settled, (sums, smoothing) =>
      tverskyPart(sums, smoothing, settled, problem, form),
    );
  return [
    { name: "focal", weight: focalWeight, value: focal },
    // a part of no weight is not computed: with gamma above 1 it would be infinite at the perfect prediction
    { name: "tversky", weight: 1 - focalWeight, value: isBoth ? tversky() : zerosLike(focal) },
  ];
}

/** The terms of one exponent. */
type FocalTerms = CrossEntropyTerms & Required<Pick<CrossEntropyTerms, "gamma" | "labelSmoothing">>;

/** Background (1 - d) (1 - p)^gamma (-ln p), foreground d (-ln p), the latter modulated too in the symmetric form; by exponents. */
function focalTerms(problem: Problem, options: SettledUnified, form: Form): readonly [FocalTerms, ...FocalTerms[]] {
  const { delta, gamma, labelSmoothing } = options;
  const coefficients = classCoefficients(problem, options);
  const none = zerosLike(coefficients);
  if (problem.multiLabel) {
    // every channel is a foreground against its own background
    const foreground = mul(coefficients, delta) as Tensor2D;
    const background = mul(coefficients, 1 - delta) as Tensor2D;
    if (form === "symmetric") return [{ positive: foreground, negative: background, gamma, labelSmoothing }];
    return [
      { positive: none, negative: background, gamma, labelSmoothing },
      { positive: foreground, negative: none, gamma: 0, labelSmoothing },
    ];
  }
  const isBackground = tensor2d(
    Array.from({ length: problem.classes }, (_, label) => (label === 0 ? 1 : 0)),
    [1, problem.classes],
  );
  const background = mul(mul(coefficients, isBackground), 1 - delta) as Tensor2D;
  const foreground = mul(mul(coefficients, sub(1, isBackground)), delta) as Tensor2D;
  if (form === "symmetric") return [{ positive: add(background, foreground), gamma, labelSmoothing }];
  return [
    { positive: background, gamma, labelSmoothing },
    { positive: foreground, gamma: 0, labelSmoothing },
  ];
}

/** (1 - T)^(1 - gamma) of the foreground, 1 - T of the background, the latter raised too in the symmetric form. */
function tverskyPart(
  sums: Overlap,
  smoothing: Smoothing,
  options: SettledUnified,
  { multiLabel }: Problem,
  form: Form,
): Tensor {
  const raised = (miss: Tensor) => guardedPower(miss, 1 - options.gamma);
  const missOf = (of: TverskySums) => oneMinusTversky(of, options.delta, smoothing);
  if (multiLabel) {
    const background = missOf(backgroundOf(sums));
    return mul(add(raised(missOf(sums)), form === "symmetric" ? raised(background) : background), 0.5);
  }
  const miss = missOf(sums) as Tensor2D;
  if (form === "symmetric" || !options.includeBackground) return raised(miss);
  return concat([slice(miss, [0, 0], [-1, 1]), raised(slice(miss, [0, 1], [-1, -1]))], 1);
}

type TverskySums = Pick<Overlap, "intersection" | "falsePositives" | "falseNegatives">;

/** 1 - T, with d for what is missed and 1 - d for what is too much; at least 0, whatever the smoothing. */
function oneMinusTversky(
  { intersection, falsePositives, falseNegatives }: TverskySums,
  delta: number,
  smoothing: Smoothing,
): Tensor {
  const errors = add(mul(falseNegatives, delta), mul(falsePositives, 1 - delta));
  return maximum(oneMinusRatio(errors, intersection, smoothing), 0);
}

/** The sums of 1 - p against 1 - g: what is missed of the one is too much of the other. */
function backgroundOf({ intersection, falsePositives, falseNegatives, valid }: Overlap): TverskySums {
  const rest = sub(sub(valid, falsePositives), add(falseNegatives, intersection)) as Tensor2D;
  return { intersection: rest, falsePositives: falseNegatives, falseNegatives: falsePositives };
}
