import { useBackend } from "@lossary/test-kit";
import { mostBytes } from "@lossary/test-kit/memory";
import {
  add,
  concat,
  dispose,
  grad,
  memory,
  mul,
  ones,
  reshape,
  type Scalar,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  tensor2d,
  tensor3d,
  tidy,
  valueAndGrad,
} from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chosenTerms } from "../src/chosen-terms.ts";
import { type CrossEntropySumsAttributes, crossEntropySumsKernel } from "../src/cross-entropy-class-sums.ts";
import { crossEntropyKernel } from "../src/cross-entropy-terms.ts";
import { errorTermsKernel } from "../src/error-terms.ts";
import { chooseArrays } from "../src/fused/array-choice.ts";
import { type KernelInputs, runKernel } from "../src/kernel.ts";
import { overlapAndChosenTerms, type VoxelChoice } from "../src/overlap-cross-entropy.ts";
import { overlapErrorSumsKernel } from "../src/overlap-error-sums.ts";
import { overlapFieldSumsKernel } from "../src/overlap-field-sums.ts";
import { overlapSumsKernel } from "../src/overlap-sums.ts";
import { polyCrossEntropyKernel } from "../src/poly-cross-entropy-terms.ts";
import type { Problem } from "../src/problem.ts";
import { numbersFrom } from "./fused-cases.ts";

const [voxels, classes] = [5000, 3];
const random = numbersFrom(3);
const logits = Float32Array.from({ length: voxels * classes }, () => 4 * random() - 2);
const indices = Array.from({ length: voxels }, () => Math.floor(random() * classes));
const told = { activation: "softmax" as const, ignoreLabel: Number.NaN };
const coefficients = [0.5, 1, 2];

/** A problem of these labels. */
const problemWith = (x: Tensor): Problem => ({
  ...told,
  who: "left",
  predictions: x as Tensor3D,
  labels,
  weights: undefined,
  batch: 1,
  spatial: [voxels],
  voxels,
  classes,
  multiLabel: false,
  ignoreLabel: undefined,
  fused: true,
});

/** The map of a cross entropy, each voxel times a number of its own. */
function takenMap(x: Tensor, gamma: number): Tensor {
  const attributes = { ...told, gamma, keep: 1, spread: 0 };
  return mul(runKernel(crossEntropyKernel, { ...inputsOf(x), positive }, attributes, true), taken);
}

/** Sums of losses that leave probabilities, and of those that leave their gradient. */
const sumsOf: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  "map of cross entropy": (x) => takenMap(x, 2),
  "map of cross entropy and errors": (x) => {
    const attributes = { ...told, keep: 1, spread: 0, epsilon: 0.5 };
    return mul(runKernel(polyCrossEntropyKernel, { ...inputsOf(x), positive }, attributes, true), taken);
  },
  "map of errors": (x) => {
    const attributes = { ...told, keep: 1, spread: 0 };
    return mul(runKernel(errorTermsKernel, { ...inputsOf(x), positive }, attributes, true), taken);
  },
  "chosen cross entropy": (x) => {
    const terms = { positive, labelSmoothing: 0 };
    const { costs } = chosenTerms(problemWith(x), terms, { choose: (map) => mul(map, 0.1) });
    return mul(costs, 3);
  },
  overlap: (x) => runKernel(overlapSumsKernel, inputsOf(x), { ...told, product: false }, true),
  "cross entropy": (x) => {
    const attributes: CrossEntropySumsAttributes = {
      ...told,
      gamma: 0,
      keep: 1,
      spread: 0,
      negatives: false,
      overlap: "none",
    };
    const sums = runKernel(crossEntropySumsKernel, { ...inputsOf(x), positive }, attributes, true);
    return mul(sums, positive);
  },
  "overlap and errors": (x) => {
    const attributes = { ...told, product: false, beside: "trueNegatives" as const, exponent: 1 };
    return runKernel(overlapErrorSumsKernel, inputsOf(x), attributes, true);
  },
  "overlap and a field": (x) => {
    const attributes = { ...told, product: false, fielded: "probability" as const };
    return runKernel(overlapFieldSumsKernel, { ...inputsOf(x), field }, attributes, true);
  },
  "overlap and chosen cross entropy": (x) => {
    const choice: VoxelChoice = { choose: (map) => mul(map, 0.1), divisorOf: () => ones([1]) };
    const terms = { positive, labelSmoothing: 0 };
    const ofOverlap = { intersection: "semimetric", includeBackground: true } as const;
    const { overlap, costs } = overlapAndChosenTerms(problemWith(x), ofOverlap, terms, choice);
    return concat([reshape(overlap.falsePositives, [-1]), costs] as Tensor1D[]);
  },
};

/** What stands beside overlap. */
const besides = ["nothing", "trueNegatives", "sides", "powers"] as const;

/** Overlap of other classes with labels that stand beside what is left. */
function ofHardLabels(x: Tensor, count: number, beside: (typeof besides)[number]): Tensor {
  const shape: [number, number, number] = [1, (voxels * classes) / count, count];
  const truth = tensor2d(
    Array.from({ length: shape[1] }, (_, at) => (at * 7) % Math.max(2, count)),
    [1, shape[1]],
    "int32",
  );
  const inputs: KernelInputs = { predictions: reshape(x, shape) as Tensor3D, labels: truth };
  const attributes = { ...told, activation: count === 1 ? ("sigmoid" as const) : told.activation, product: false };
  if (beside === "nothing") return runKernel(overlapSumsKernel, inputs, attributes, true);
  return runKernel(overlapErrorSumsKernel, inputs, { ...attributes, beside, exponent: 1.5 }, true);
}

let labels: Tensor2D;
let positive: Tensor2D;
let taken: Tensor2D;
let field: Tensor3D;

function inputsOf(x: Tensor): KernelInputs {
  return { predictions: x as Tensor3D, labels };
}

const prediction = () => tensor3d(logits.slice(), [1, voxels, classes]);

/** How many arrays as large as the predictions a pass has at once, beside its inputs. */
function mostLarge(pass: () => void): number {
  const large = 4 * voxels * classes;
  return mostBytes(pass, large) / large;
}

describe.each(["cpu", "wasm"])("what a forward pass leaves on %s", (backend) => {
  beforeAll(async () => {
    await useBackend(backend);
    chooseArrays();
    labels = tensor2d(indices, [1, voxels], "int32");
    positive = tensor2d(coefficients, [1, classes]);
    taken = tensor2d(
      Array.from({ length: voxels }, (_, i) => (i % 5) - 1),
      [1, voxels],
    );
    field = tensor3d(logits.slice(), [1, voxels, classes]);
  });
  afterAll(() => dispose([labels, positive, taken, field]));

  /** The gradient is the same when it was taken once before inside another. */
  function expectSameInside(scalarOf: (x: Tensor) => Scalar): void {
    const x = prediction();
    const once = tidy(() => grad(scalarOf)(x).dataSync().slice());
    const inside = (given: Tensor) => {
      const { value, grad: slope } = valueAndGrad(scalarOf)(given);
      expect(slope.dataSync()).toEqual(once);
      return value as Scalar;
    };
    const twice = tidy(() => grad(inside)(x).dataSync().slice());
    expect(twice.some((slope) => slope !== 0)).toBe(true);
    for (const [at, slope] of twice.entries()) expect(Math.abs(slope - (once[at] as number))).toBeLessThan(1e-6);
    x.dispose();
  }

  it.each([1, 3, 4].flatMap((count) => besides.map((beside) => [count, beside] as const)))(
    "of overlap of %i classes and %s is missed by a second gradient alone",
    (count, beside) => {
      expectSameInside((given) => tidy(() => sum(ofHardLabels(given, count, beside)) as Scalar));
    },
  );

  it("of two maps of the same predictions is apart", () => {
    const x = prediction();
    const slopesOf = (run: (given: Tensor) => Scalar) => tidy(() => grad(run)(x).dataSync().slice());
    const plain = (given: Tensor) => sum(takenMap(given, 0)) as Scalar;
    const focal = (given: Tensor) => sum(takenMap(given, 2)) as Scalar;
    const [ofPlain, ofFocal] = [slopesOf(plain), slopesOf(focal)];
    const both = slopesOf((given) => add(plain(given), focal(given)));
    expect(both).toEqual(ofPlain.map((slope, at) => Math.fround(slope + (ofFocal[at] as number))));
    x.dispose();
  });

  it("of a map holds when the predictions are disposed before the way back", () => {
    const x = prediction();
    const slopesOf = (disposing: boolean) => {
      const run = (given: Tensor) => {
        const doubled = mul(given, 2);
        const total = sum(takenMap(doubled, 2)) as Scalar;
        if (disposing) doubled.dispose();
        return total;
      };
      return tidy(() => grad(run)(x).dataSync().slice());
    };
    expect(slopesOf(true)).toEqual(slopesOf(false));
    x.dispose();
  });

  describe.each(Object.entries(sumsOf))("%s", (_name, sums) => {
    const scalarOf = (x: Tensor) => tidy(() => sum(sums(x)) as Scalar);

    it("is as large as the predictions, and the gradient takes its place", () => {
      const x = prediction();
      const slopes: Tensor[] = [];
      expect(mostLarge(() => slopes.push(grad(scalarOf)(x)))).toBe(1);
      expect(slopes[0]?.shape).toEqual([1, voxels, classes]);
      for (const slope of slopes) slope.dispose();
      x.dispose();
    });

    it("is not made where nothing is differentiated", () => {
      const x = prediction();
      expect(mostLarge(() => scalarOf(x).dispose())).toBe(0);
      x.dispose();
    });

    it("leaves the gradient the same when it was taken once before inside another", () => {
      expectSameInside(scalarOf);
    });

    it("does not touch the predictions", () => {
      const x = prediction();
      grad(scalarOf)(x).dispose();
      expect(x.dataSync()).toEqual(logits);
      x.dispose();
    });

    it("leaks no tensor, with a tape or without", () => {
      const x = prediction();
      const before = memory().numTensors;
      for (const tensor of [grad(scalarOf)(x), scalarOf(x)]) tensor.dispose();
      expect(memory().numTensors).toBe(before);
      x.dispose();
    });
  });
});
