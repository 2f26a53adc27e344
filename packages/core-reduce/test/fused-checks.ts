import { describeDifference } from "@lossary/test-kit";
import { concat, ones, reshape, type Tensor1D, type Tensor3D, tensor2d } from "@tensorflow/tfjs-core";
import { expect } from "vitest";
import { confusionKernel } from "../src/confusion.ts";
import {
  type CrossEntropySumsAttributes,
  type CrossEntropySumsInputs,
  crossEntropySumsKernel,
} from "../src/cross-entropy-class-sums.ts";
import {
  type CrossEntropyAttributes,
  type CrossEntropyInputs,
  crossEntropyKernel,
  type TermAttributes,
} from "../src/cross-entropy-terms.ts";
import { type ErrorAttributes, errorKernel } from "../src/error-map.ts";
import { errorTermsKernel } from "../src/error-terms.ts";
import type { KernelAttributes, KernelInputs } from "../src/kernel.ts";
import { overlapAndChosenTerms } from "../src/overlap-cross-entropy.ts";
import { type OverlapErrorAttributes, overlapErrorSumsKernel } from "../src/overlap-error-sums.ts";
import {
  type OverlapFieldAttributes,
  type OverlapFieldInputs,
  overlapFieldSumsKernel,
} from "../src/overlap-field-sums.ts";
import { type OverlapAttributes, overlapSumsKernel } from "../src/overlap-sums.ts";
import { type PolyAttributes, polyCrossEntropyKernel } from "../src/poly-cross-entropy-terms.ts";
import { type SquaredErrorInputs, squaredErrorSumsKernel } from "../src/squared-error-sums.ts";
import { type Case, type CaseRun, numbersFrom, problemOf, runCase, runOf } from "./fused-cases.ts";
import {
  confusionDefinition,
  crossEntropyDefinition,
  crossEntropySumsDefinition,
  type Definition,
  errorDefinition,
  overlapAndChosenDefinition,
  overlapDefinition,
  overlapErrorDefinition,
  overlapFieldDefinition,
  referenceGradient,
  referenceValue,
  squaredErrorDefinition,
} from "./fused-reference.ts";

/** Runs a kernel and compares value and gradient with the definition in double precision. */
export type Check = (problem: Case, isFused: boolean, compare: (problem: Case, of: Compared) => void) => Promise<void>;

/** A kernel's result, and what it should be. */
export interface Compared {
  readonly title: string;
  readonly definition: Definition;
  readonly run: CaseRun;
  readonly isFused: boolean;
}

/** Every third probability is its target, where the semimetric and an error have a kink. */
function withTies(problem: Case): Case {
  const { predictions, target } = problem.given;
  const tied = (p: number, i: number) => (i % 3 === 0 && Number.isFinite(p) ? (target[i] as number) : p);
  return {
    ...problem,
    title: `${problem.title} with ties`,
    predictions: problem.predictions.map(tied),
    given: { ...problem.given, predictions: Float64Array.from(predictions, tied) },
  };
}

/** A problem, and where probabilities are given the same with ties. */
const withAndWithoutTies = (problem: Case): Case[] =>
  problem.given.activation === "none" ? [problem, withTies(problem)] : [problem];

const overlapCheck: Check = async (given, fused, compare) => {
  for (const problem of withAndWithoutTies(given)) {
    for (const product of [false, true]) {
      const attributes: Pick<OverlapAttributes, "product"> = { product };
      compare(problem, {
        title: `overlap, product ${product}`,
        definition: overlapDefinition(product),
        run: await runCase(overlapSumsKernel, problem, attributes, {}, fused),
        isFused: fused,
      });
    }
  }
};

const squaredErrorCheck: Check = async (problem, fused, compare) => {
  const { batch, voxels, classes } = problem.given;
  const random = numbersFrom(5);
  const field = Float32Array.from({ length: batch * voxels * classes }, () => random() * 9);
  compare(problem, {
    title: "squared errors",
    definition: squaredErrorDefinition(field, classes),
    run: await runCase<SquaredErrorInputs, KernelAttributes>(
      squaredErrorSumsKernel,
      problem,
      {},
      { field: { values: field, shape: [batch, voxels, classes] } },
      fused,
    ),
    isFused: fused,
  });
};

/** Probabilities as scores from -2 to 2, of which some are right by more than the margin. */
function asScores(problem: Case): Case {
  const scores = (values: Float32Array) => values.map((p) => 4 * p - 2);
  const predictions = scores(problem.predictions);
  const clean = Float64Array.from(scores(Float32Array.from(problem.given.predictions)));
  return { ...problem, predictions, given: { ...problem.given, predictions: clean } };
}

const errorCheck: Check = async (problem, fused, compare) => {
  const errorsOf = async (of: Case, hinge: boolean) => {
    const attributes: Pick<ErrorAttributes, "hinge"> = { hinge };
    compare(of, {
      title: hinge ? "hinge errors" : "errors",
      definition: errorDefinition(hinge),
      run: await runCase(errorKernel, of, attributes, {}, fused),
      isFused: fused,
    });
  };
  for (const each of withAndWithoutTies(problem)) await errorsOf(each, false);
  if (problem.given.activation === "none") await errorsOf(asScores(problem), true);
};

const confusionCheck: Check = async (problem, fused, compare) => {
  // the reference takes every pair of classes for every voxel
  if (problem.given.classes > 100) return;
  compare(problem, {
    title: "confusion",
    definition: confusionDefinition(problem.given),
    run: await runCase(confusionKernel, problem, {}, {}, fused),
    isFused: fused,
  });
};

/** What is summed beside overlap, with each overlap where it is of both. */
const overlapErrorVariants: readonly Omit<OverlapErrorAttributes, keyof KernelAttributes>[] = [
  { product: false, beside: "trueNegatives", exponent: 1 },
  { product: true, beside: "trueNegatives", exponent: 1 },
  { product: true, beside: "sides", exponent: 1 },
  { product: false, beside: "powers", exponent: 1 },
  { product: true, beside: "powers", exponent: 1.5 },
  { product: true, beside: "powers", exponent: 1.7 },
  { product: true, beside: "powers", exponent: 2 },
];

/** Those that have loops of their own where labels are 0 or 1. */
const hardErrorVariants = overlapErrorVariants.filter(
  ({ product, beside, exponent }) =>
    (product || beside === "trueNegatives") && (beside !== "powers" || exponent === 1.5),
);

const errorsBeside =
  (variants: typeof overlapErrorVariants): Check =>
  async (given, fused, compare) => {
    for (const problem of withAndWithoutTies(given)) {
      for (const attributes of variants) {
        const { product, beside, exponent } = attributes;
        compare(problem, {
          title: `overlap and ${beside}, product ${product}, exponent ${exponent}`,
          definition: overlapErrorDefinition(product, beside, exponent),
          // the cosines of the others nearly cancel here where two classes share a voxel
          run: await runCase(overlapErrorSumsKernel, problem, attributes, {}, fused, (at) => Math.cos(1 + at * 1.3)),
          isFused: fused,
        });
      }
    }
  };

/** Exponent, negatives, smoothing, and whether coefficients differ from sample to sample. */
const crossEntropyVariants = [0, 0.5, 1, 2, 2.5, 3].flatMap((gamma) =>
  [false, true].flatMap((withNegatives) =>
    (gamma === 0 || gamma === 2 ? [0, 0.2] : [0]).map((smoothing) => ({
      gamma,
      withNegatives,
      smoothing,
      perSample: gamma === 2,
    })),
  ),
);

/** Three of the variants, others from problem to problem; all of them for a problem of few voxels. */
const crossEntropyCheck: Check = async (problem, fused, compare) => {
  const { batch, classes, voxels } = problem.given;
  const random = numbersFrom(9);
  const coefficients = (rows: number) => Float32Array.from({ length: rows * classes }, () => 0.1 + random());
  const stride = voxels < 10 ? 1 : 5;
  const turn = problem.title.length + voxels + classes;
  for (const [index, { gamma, withNegatives, smoothing, perSample }] of crossEntropyVariants.entries()) {
    if ((index + turn) % stride !== 0) continue;
    const rows = perSample ? batch : 1;
    const positive = coefficients(rows);
    const negative = withNegatives ? coefficients(rows) : undefined;
    const given = { gamma, keep: 1 - smoothing, spread: smoothing / (withNegatives ? 2 : classes) };
    const shape = [rows, classes];
    const others = {
      positive: { values: positive, shape },
      ...(negative && { negative: { values: negative, shape } }),
    };
    const title = `gamma ${gamma}, negatives ${withNegatives}, smoothing ${smoothing}`;
    const defined = (terms: { logs: boolean; errors: number }, exponent = 0) =>
      crossEntropyDefinition({ ...given, ...terms, gamma: exponent, positive, negative }, problem.given);
    compare(problem, {
      title: `cross entropy, ${title}`,
      definition: defined({ logs: true, errors: 0 }, gamma),
      run: await runCase<CrossEntropyInputs, CrossEntropyAttributes>(crossEntropyKernel, problem, given, others, fused),
      isFused: fused,
    });
    if (gamma > 0.5) continue;
    compare(problem, {
      title: `error terms, ${title}`,
      definition: defined({ logs: false, errors: 1 }),
      run: await runCase<CrossEntropyInputs, TermAttributes>(errorTermsKernel, problem, given, others, fused),
      isFused: fused,
    });
    const epsilon = 1.5;
    compare(problem, {
      title: `poly cross entropy, ${title}`,
      definition: defined({ logs: true, errors: epsilon }),
      run: await runCase<CrossEntropyInputs, PolyAttributes>(
        polyCrossEntropyKernel,
        problem,
        { ...given, epsilon },
        others,
        fused,
      ),
      isFused: fused,
    });
  }
};

/** The plain terms alone, and two of the variants, others from problem to problem, alone and with either overlap; all of them for a problem of few voxels. */
const crossEntropySumsCheck: Check = async (problem, fused, compare) => {
  const { classes, voxels } = problem.given;
  const stride = voxels < 10 ? 1 : 7;
  const turn = problem.title.length + voxels + classes;
  const overlaps = ["none", "semimetric", "product"] as const;
  for (const [index, { gamma, withNegatives: negatives, smoothing }] of crossEntropyVariants.entries()) {
    const isPlain = gamma === 0 && smoothing === 0;
    if (!isPlain && (index + turn) % stride !== 0) continue;
    const overlap = isPlain ? "none" : (overlaps[(index + turn) % 3] as (typeof overlaps)[number]);
    const given = { gamma, keep: 1 - smoothing, spread: smoothing / (negatives ? 2 : classes), negatives, overlap };
    compare(problem, {
      title: `cross-entropy sums, gamma ${gamma}, negatives ${negatives}, smoothing ${smoothing}, overlap ${overlap}`,
      definition: crossEntropySumsDefinition(given, problem.given),
      run: await runCase<KernelInputs, CrossEntropySumsAttributes>(crossEntropySumsKernel, problem, given, {}, fused),
      isFused: fused,
    });
  }
};

/** The same where it is known what the sums will be multiplied by: as it was expected, times a factor a sample, and otherwise. */
const expectedSumsCheck: Check = async (problem, fused, compare) => {
  const { batch, classes, voxels } = problem.given;
  const random = numbersFrom(4);
  const turn = problem.title.length + voxels + classes;
  const variants = crossEntropyVariants.filter(({ smoothing }, index) => smoothing > 0 || index % 2 === turn % 2);
  for (const [index, { gamma, withNegatives: negatives, smoothing, perSample }] of variants.entries()) {
    const rows = perSample ? batch : 1;
    const coefficients = Float32Array.from({ length: 2 * rows * classes }, () => 0.1 + random());
    const [positive, negative] = [0, rows * classes].map((at) => ({
      values: coefficients.slice(at, at + rows * classes),
      shape: [rows, classes],
    })) as [{ values: Float32Array; shape: number[] }, { values: Float32Array; shape: number[] }];
    const given = {
      gamma,
      keep: 1 - smoothing,
      spread: smoothing / (negatives ? 2 : classes),
      negatives,
      overlap: "none" as const,
    };
    const asExpected = index % 4 !== 3;
    const upstreamOf = (at: number) => {
      const [kind, sample, c] = [Math.floor(at / (batch * classes)), Math.floor(at / classes) % batch, at % classes];
      if (kind === 1 && !negatives) return 0;
      const coefficient = coefficients[(kind * rows + (sample % rows)) * classes + c] as number;
      return (asExpected ? 1 : 1 + c + kind) * (0.3 - sample) * coefficient;
    };
    compare(problem, {
      title: `cross-entropy sums, ${asExpected ? "coefficients as expected" : "other coefficients than expected"}, gamma ${gamma}, negatives ${negatives}`,
      definition: crossEntropySumsDefinition(given, problem.given),
      run: await runCase<CrossEntropySumsInputs, CrossEntropySumsAttributes>(
        crossEntropySumsKernel,
        problem,
        given,
        negatives ? { positive, negative } : { positive },
        fused,
        upstreamOf,
      ),
      isFused: fused,
    });
  }
};

/** Errors beside the logarithms, with every overlap, and where it is known what the sums will be multiplied by. */
const errorSumsCheck: Check = async (problem, fused, compare) => {
  const { classes, voxels } = problem.given;
  const turn = problem.title.length + voxels + classes;
  const costs = Float32Array.from({ length: classes }, (_, c) => 0.5 + c / classes);
  for (const [index, negatives] of [false, true].entries()) {
    const overlap = (["none", "semimetric", "none", "product"] as const)[(index + turn) % 4] as "none";
    const smoothing = index + (turn % 3) === 1 ? 0.2 : 0;
    const spread = smoothing / (negatives ? 2 : classes);
    const given = { gamma: 0, keep: 1 - smoothing, spread, negatives, errors: index === 0 ? 1.5 : -0.5, overlap };
    const cost = { values: costs, shape: [1, classes] };
    const expected = { positive: cost, ...(negatives && { negative: cost }) };
    for (const others of overlap === "none" ? [{}, expected] : [{}]) {
      const asExpected = (at: number) =>
        at < problem.given.batch * classes || negatives ? (costs[at % classes] as number) : 0;
      const isKnown = "positive" in others;
      compare(problem, {
        title: `sums of errors beside logarithms, negatives ${negatives}, smoothing ${smoothing}, overlap ${overlap}, known ${isKnown}`,
        definition: crossEntropySumsDefinition(given, problem.given),
        run: await runCase<CrossEntropySumsInputs, CrossEntropySumsAttributes>(
          crossEntropySumsKernel,
          problem,
          given,
          others,
          fused,
          isKnown ? asExpected : undefined,
        ),
        isFused: fused,
      });
    }
  }
};

/** A power of the logarithms, with the sums of overlap and without; not of negatives of softmax, which no kernel has. */
const surpriseSumsCheck: Check = async (problem, fused, compare) => {
  const { activation, classes, voxels } = problem.given;
  const turn = problem.title.length + voxels + classes;
  for (const [index, power] of [0.3, 0.5, 2].entries()) {
    for (const negatives of activation === "softmax" ? [false] : [false, true]) {
      const overlap = (["none", "semimetric", "product"] as const)[(index + turn) % 3] as "none";
      const smoothing = index === 1 ? 0.2 : 0;
      const spread = smoothing / (negatives ? 2 : classes);
      const given = { gamma: 0, power, keep: 1 - smoothing, spread, negatives, overlap };
      compare(problem, {
        title: `sums of logarithms to the power ${power}, negatives ${negatives}, smoothing ${smoothing}, overlap ${overlap}`,
        definition: crossEntropySumsDefinition(given, problem.given),
        run: await runCase<KernelInputs, CrossEntropySumsAttributes>(crossEntropySumsKernel, problem, given, {}, fused),
        isFused: fused,
      });
    }
  }
};

const overlapFieldCheck: Check = async (problem, fused, compare) => {
  const { batch, voxels, classes } = problem.given;
  const random = numbersFrom(6);
  // a distance with a sign
  const field = Float32Array.from({ length: batch * voxels * classes }, () => 9 * random() - 4);
  const others = { field: { values: field, shape: [batch, voxels, classes] } };
  for (const product of [false, true]) {
    for (const fielded of ["probability", "squaredError"] as const) {
      compare(problem, {
        title: `overlap and a field of ${fielded}, product ${product}`,
        definition: overlapFieldDefinition(product, fielded, field, classes),
        run: await runCase<OverlapFieldInputs, OverlapFieldAttributes>(
          overlapFieldSumsKernel,
          problem,
          { product, fielded },
          others,
          fused,
        ),
        isFused: fused,
      });
    }
  }
};

/** Half of the voxels, some of them in part, by a cross entropy whose coefficients are others from sample to sample. */
const overlapAndChosenCheck: Check = async (problem, fused, compare) => {
  const { batch, voxels, classes, weights } = problem.given;
  const random = numbersFrom(8);
  const chosen = weights.map((weight) => (weight === 0 || random() < 0.5 ? 0 : 2 * random()));
  const turn = problem.title.length + voxels + classes;
  for (const [index, withNegatives] of [false, true].entries()) {
    const product = (index + turn) % 2 === 0;
    const rows = turn % 3 === 0 ? batch : 1;
    const coefficients = () => Float32Array.from({ length: rows * classes }, () => 0.1 + random());
    const [positive, negative] = [coefficients(), withNegatives ? coefficients() : undefined];
    const labelSmoothing = problem.labels.dtype === "float32" ? 0 : 0.2;
    const smoothing = { keep: 1 - labelSmoothing, spread: labelSmoothing / (withNegatives ? 2 : classes) };
    const crossEntropy = crossEntropyDefinition({ positive, negative, gamma: 0, ...smoothing }, problem.given);
    const run = (predictions: Tensor3D) => {
      const table = (values: Float32Array) => tensor2d(values, [rows, classes]);
      const { overlap, costs } = overlapAndChosenTerms(
        problemOf(problem, predictions, fused),
        { intersection: product ? "product" : "semimetric", includeBackground: true },
        { positive: table(positive), negative: negative && table(negative), labelSmoothing },
        { choose: () => tensor2d(Float32Array.from(chosen), [batch, voxels]), divisorOf: () => ones([batch]) },
      );
      const { intersection, falsePositives, falseNegatives, squaredErrors } = overlap;
      const sums = [intersection, falsePositives, falseNegatives, squaredErrors].map((sum) => reshape(sum, [-1]));
      return concat([...sums, costs] as Tensor1D[]);
    };
    compare(problem, {
      title: `overlap and chosen cross entropy, negatives ${withNegatives}, product ${product}`,
      definition: overlapAndChosenDefinition(product, chosen, crossEntropy),
      run: await runOf(problem, run),
      isFused: fused,
    });
  }
};

/** Those of overlap whose labels of 0 and 1 stand beside what is left. */
export const checksOfHardLabels: Readonly<Record<string, Check>> = {
  overlap: overlapCheck,
  "overlap and errors": errorsBeside(hardErrorVariants),
};

/** Every check by the name of its kernel. */
export const checks: Readonly<Record<string, Check>> = {
  overlap: overlapCheck,
  "squared errors": squaredErrorCheck,
  errors: errorCheck,
  confusion: confusionCheck,
  "cross entropy": crossEntropyCheck,
  "cross-entropy sums": crossEntropySumsCheck,
  "sums of powers of logarithms": surpriseSumsCheck,
  "sums of errors beside logarithms": errorSumsCheck,
  "cross-entropy sums of known coefficients": expectedSumsCheck,
  "overlap and errors": errorsBeside(overlapErrorVariants),
  "overlap and a field": overlapFieldCheck,
  "overlap and chosen cross entropy": overlapAndChosenCheck,
};

/** Values within 1e-6 of the largest, gradients within 1e-5. */
export function isClose(problem: Case, { title, definition, run, isFused }: Compared): void {
  const where = `${title} of ${problem.title}`;
  // tfjs adds the classes of a voxel one after the other
  const relative = isFused || problem.given.classes < 100 ? 1e-6 : 1e-5;
  expect(run.value, where).toBeClose(referenceValue(problem.given, definition), { relative, absolute: 1e-30 });
  const expected = referenceGradient(problem.given, definition, run.upstream);
  expect(run.gradient, `gradient of ${where}`).toBeClose(expected, { relative: 1e-5, absolute: 1e-30 });
}

/** Every gradient entry within 5e-5 of the largest of its voxel, however small that is. */
export function isCloseInEveryVoxel(problem: Case, { title, definition, run }: Compared): void {
  const { classes } = problem.given;
  const expected = referenceGradient(problem.given, definition, run.upstream);
  for (let at = 0; at < expected.length; at += classes) {
    const [got, wanted] = [run.gradient, expected].map((values) => values.slice(at, at + classes));
    const difference = describeDifference(got as number[], wanted as Float64Array, { relative: 5e-5, absolute: 1e-36 });
    if (difference) expect.fail(`gradient of ${title} of ${problem.title}, voxel ${at / classes}: ${difference}`);
  }
}
