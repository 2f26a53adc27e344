import { effortOn, onEachBackend, readNumbers, useBackend } from "@lossary/test-kit";
import {
  dispose,
  fill,
  grad,
  memory,
  ones,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  tensor2d,
  tensor3d,
  tidy,
  zeros,
} from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { labelledSums, validVoxels, weightsOf } from "../src/counts.ts";
import { allKernels } from "../src/fused/all-kernels.ts";
import { chooseArrays } from "../src/fused/array-choice.ts";
import { kernelFor } from "../src/fused/kernel-for.ts";
import { runKernel } from "../src/kernel.ts";
import { overlapSumsKernel } from "../src/overlap-sums.ts";
import { probabilitiesKernel } from "../src/probabilities.ts";
import { type Case, type CaseRun, type LabelKind, makeCase, problemOf, runCase, withSoftVoxel } from "./fused-cases.ts";
import { checks, checksOfHardLabels, isClose, isCloseInEveryVoxel } from "./fused-checks.ts";
import { type Activation, referenceValue } from "./fused-reference.ts";

type Implementation = "loops" | "portable" | "simd" | "webgl" | "webgpu";

/** What can run a kernel on a backend. */
const implementationsOn = (backend: string): readonly Implementation[] =>
  backend === "webgl" || backend === "webgpu" ? ["portable", backend] : ["portable", "simd", "loops"];

const activationsOf = (classes: number): Activation[] =>
  classes === 1 ? ["none", "sigmoid"] : ["none", "sigmoid", "softmax"];
const labelKinds: LabelKind[] = ["soft", "hard", "integers", "bool", "indices"];

onEachBackend("fused kernels", (backend) => {
  const { thorough } = effortOn(backend);
  // a graphics processor that is emulated compiles a program for every shape: it gets a few of each kind
  const some = <T>(all: readonly T[], few: readonly T[]) => (thorough ? all : few);

  describe.each(implementationsOn(backend))("%s", (implementation: Implementation) => {
    const isFused = implementation !== "portable";
    const isGpu = backend === "webgl" || backend === "webgpu";
    const every = Object.entries(checks);
    // the portable twins of programs are looked at at ordinary sizes and logits; beyond them one
    const extremes = isGpu && !isFused ? every.filter(([name]) => name === "confusion") : every;
    beforeAll(() => chooseArrays({ loopsAlone: implementation === "loops" }));
    afterAll(() => chooseArrays());

    it("is what kernelFor names", () => {
      if (isFused) expect(kernelFor("LossaryOverlapSums")).toBe(implementation);
    });

    it.each(every)("%s: every activation, kind of label and class count", async (_name, check) => {
      let looked = 0;
      for (const classes of some([1, 2, 3, 4, 19], [1, 3])) {
        for (const activation of activationsOf(classes)) {
          for (const labels of some<LabelKind>(labelKinds, ["soft", "indices", "bool"])) {
            for (const weighted of some([false, true], [true])) {
              const problem = makeCase({ voxels: 21 + (classes % 4), classes, activation, labels, weighted });
              await check(problem, isFused, isClose);
              looked += 1;
            }
          }
        }
      }
      expect(looked).toBe(thorough ? 140 : 15);
    });

    it.each(extremes)("%s: 8, 32, 100 and 256 classes", async (_name, check) => {
      for (const classes of some([8, 32, 100, 256], isFused ? [256] : [100])) {
        for (const labels of some<LabelKind>(["soft", "indices"], ["indices"])) {
          await check(makeCase({ batch: 1, voxels: 37, classes, activation: "softmax", labels }), isFused, isClose);
        }
      }
    });

    it.each(extremes)("%s: from 1 voxel to past the end of a tile", async (_name, check) => {
      for (const voxels of some([1, 2, 3, 4, 5, 63, 64, 65, 255, 256, 257, 5377], [1, 65])) {
        await check(makeCase({ voxels, classes: 3, activation: "softmax", labels: "indices" }), isFused, isClose);
      }
      for (const voxels of some([255, 16383, 16385], [16385])) {
        await check(
          makeCase({ batch: 1, voxels, classes: 1, activation: "sigmoid", labels: "indices" }),
          isFused,
          isClose,
        );
      }
    });

    it.each(extremes)("%s: one label that is soft among many that are not", async (_name, check) => {
      for (const [classes, activation] of some(
        [
          [1, "sigmoid"],
          [2, "none"],
          [3, "softmax"],
        ] as const,
        [],
      )) {
        for (const weighted of [false, true]) {
          const hard = makeCase({ voxels: 300, classes, activation, labels: "hard", weighted });
          await check(withSoftVoxel(hard, 270), isFused, isClose);
        }
      }
    });

    // where there are no loops of their own for errors, labels of 0 and 1 are like any others
    it.each(Object.entries(checksOfHardLabels).slice(0, implementation === "simd" ? 2 : 1))(
      "%s: labels of 0 and 1 in many blocks and tiles, and one that is neither",
      async (_name, check) => {
        for (const classes of some([1, 3, 4], [3])) {
          for (const labels of some<LabelKind>(["hard", "mixed", "indices"], ["mixed"])) {
            for (const weighted of [false, true]) {
              const activation = classes === 1 ? "sigmoid" : "softmax";
              // one sample is more than a tile
              const voxels = Math.floor((thorough ? 16384 : 512) / classes) + 259;
              const problem = makeCase({ voxels, classes, activation, labels, weighted });
              await check(problem, isFused, isClose);
            }
          }
        }
      },
    );

    it.each(extremes)("%s: nearly perfect and nearly wrong, every voxel to 5e-5", async (_name, check) => {
      for (const reach of some([6, 12], [12])) {
        for (const classes of some([1, 2, 3, 4, 7], [1, 3])) {
          for (const sign of [1, -1]) {
            const activation = classes === 1 ? "sigmoid" : "softmax";
            const logits = (label: number, c: number) =>
              sign * (label === (classes === 1 ? 1 : c) ? reach : -reach) + (c % 3) / 8;
            await check(
              makeCase({ voxels: 9, classes, activation, labels: "hard", logits }),
              isFused,
              isCloseInEveryVoxel,
            );
          }
        }
      }
    });

    it.each(extremes)("%s: a wrong class that is ahead further than float32 reaches", async (_name, check) => {
      for (const classes of some([2, 3, 4, 7], [3])) {
        const logits = (label: number, c: number) => (c === (label + 1) % classes ? 60 : -60 + c / 4);
        for (const weighted of [false, true]) {
          const problem = makeCase({ voxels: 9, classes, activation: "softmax", labels: "hard", weighted, logits });
          await check(problem, isFused, isClose);
        }
      }
    });

    it("stays finite at logits of 1e4", async () => {
      for (const classes of some([1, 2, 3, 7], [1, 3])) {
        const logits = (label: number, c: number) => (label === (classes === 1 ? 1 : c) ? 1e4 : -1e4);
        for (const activation of activationsOf(classes).slice(1)) {
          const problem = makeCase({ voxels: 9, classes, activation, labels: "hard", logits });
          for (const [, check] of extremes) {
            await check(problem, isFused, (_problem, { title, run }) => {
              expect([...run.value, ...run.gradient].every(Number.isFinite), `${title} of ${problem.title}`).toBe(true);
            });
          }
        }
      }
    });

    it("probabilities and their gradient", async () => {
      for (const classes of some([2, 3, 4, 9], [3])) {
        for (const activation of ["sigmoid", "softmax"] as const) {
          const problem = makeCase({ voxels: 23, classes, activation, labels: "soft" });
          const run = await runCase(probabilitiesKernel, problem, {}, {}, isFused);
          expectProbabilities(problem, run);
        }
      }
    });

    it("counts, weighs and sums targets", async () => {
      for (const classes of some([1, 3, 4, 7], [1, 3])) {
        for (const labels of ["soft", "indices"] as const) {
          for (const weighted of [false, true]) {
            const problem = makeCase({ voxels: 301, classes, activation: "none", labels, weighted });
            const { valid, labelled, weights } = await countsOf(problem, isFused);
            const { given, title } = problem;
            const sums = referenceValue(given, { kinds: 1, terms: (_v, g) => [g], slopes: () => [] });
            const counts = [0, 1].map((s) => given.weights.slice(s * 301, s * 301 + 301).reduce((a, b) => a + b, 0));
            expect(valid, title).toBeClose(counts, { relative: 1e-6 });
            expect(labelled, title).toBeClose(sums, { relative: 1e-6 });
            if (weights) expect(weights, title).toBeClose(given.weights, { relative: 1e-7 });
          }
        }
      }
    });

    it("has all it needs for the backward pass when the caller disposes the rest", async () => {
      const labels = [0, 2, 1, 0, 2];
      const slopesOf = async (disposing: boolean) => {
        const run = (x: Tensor) => {
          const given = tensor2d(labels, [1, 5], "int32");
          const weights = tensor2d([1, 2, 0, 1, 3], [1, 5]);
          const inputs = { predictions: x as Tensor3D, labels: given, weights };
          const attributes = { activation: "softmax" as const, ignoreLabel: Number.NaN, product: false };
          const sums = runKernel(overlapSumsKernel, inputs, attributes, isFused);
          if (disposing) dispose([given, weights]);
          return sums;
        };
        const x = tensor3d(
          Array.from({ length: 15 }, (_, i) => Math.sin(i)),
          [1, 5, 3],
        );
        const slopes = tidy(() => grad(run)(x, ones([4, 1, 3])));
        return readNumbers(slopes);
      };
      expect(await slopesOf(true)).toEqual(await slopesOf(false));
    });

    it("is what kernelFor names at the end too", () => {
      if (!isFused) return;
      const named = allKernels().filter(({ arrays, gpu }) =>
        isGpu ? gpu : implementation === "loops" || arrays?.simd,
      );
      expect(named.length).toBeGreaterThanOrEqual(20);
      expect(named.map(({ name }) => name).filter((name) => kernelFor(name) !== implementation)).toEqual([]);
    });

    it("leaks no tensor", async () => {
      const problem = makeCase({ voxels: 33, classes: 3, activation: "softmax", labels: "indices", weighted: true });
      const before = memory().numTensors;
      for (const [, check] of extremes) await check(problem, isFused, () => {});
      expect(memory().numTensors).toBe(before);
    });
  });

  if (implementationsOn(backend).includes("simd"))
    it("gives the same bits with small and with large tiles", async () => {
      const problem = makeCase({ voxels: 6000, classes: 3, activation: "softmax", labels: "indices", weighted: true });
      const results: CaseRun[][] = [];
      for (const largestTile of [Number.POSITIVE_INFINITY, 256]) {
        chooseArrays({ largestTile });
        const found: CaseRun[] = [];
        for (const check of Object.values(checks)) await check(problem, true, (_problem, { run }) => found.push(run));
        results.push(found);
      }
      chooseArrays();
      expect(results[0]?.length).toBeGreaterThanOrEqual(8);
      expect(results[1]).toEqual(results[0]);
    });
});

describe("fused kernels at full size", () => {
  beforeAll(() => useBackend("wasm"));
  it("sum 2^24 voxels of 0.1 to 1677721.6 within 1e-6", () => {
    const voxels = 2 ** 24;
    const sums = tidy(() => {
      const inputs = {
        predictions: fill([1, voxels, 1], 0.1) as Tensor3D,
        labels: zeros([1, voxels], "int32") as Tensor2D,
      };
      const attributes = { activation: "none" as const, ignoreLabel: Number.NaN, product: false };
      return runKernel(overlapSumsKernel, inputs, attributes, true).dataSync();
    });
    expect(sums[1]).toBeClose(1677721.625, { relative: 1e-6 });
  });
});

function expectProbabilities({ given, title }: Case, run: CaseRun): void {
  const { classes, activation, predictions } = given;
  for (let at = 0; at < predictions.length; at += classes) {
    const x = Array.from(predictions.subarray(at, at + classes));
    const e = x.map((z) => Math.exp(z));
    const total = e.reduce((sum, value) => sum + value, 0);
    const p = e.map((value) => (activation === "sigmoid" ? value / (1 + value) : value / total));
    const d = Array.from(run.upstream.subarray(at, at + classes));
    const mean = d.reduce((sum, slope, c) => sum + slope * (p[c] as number), 0);
    const slopes = p.map(
      (value, c) => value * ((d[c] as number) - (activation === "sigmoid" ? value * (d[c] as number) : mean)),
    );
    expect(run.value.slice(at, at + classes), title).toBeClose(p, { relative: 1e-6 });
    expect(run.gradient.slice(at, at + classes), title).toBeClose(slopes, { relative: 1e-5 });
  }
}

/** sum v, sum v g and v of a problem. */
async function countsOf(of: Case, fused: boolean) {
  const counts = tidy(() => {
    const { batch, voxels, classes } = of.given;
    const problem = problemOf(of, zeros([batch, voxels, classes]), fused);
    const [valid, labelled, ofVoxels] = [validVoxels(problem), labelledSums(problem), weightsOf(problem)];
    return ofVoxels ? { valid, labelled, ofVoxels } : { valid, labelled };
  });
  const { valid, labelled, ofVoxels } = counts as { valid: Tensor; labelled: Tensor; ofVoxels?: Tensor };
  const numbers = {
    valid: await readNumbers(valid),
    labelled: await readNumbers(labelled),
    weights: ofVoxels && (await readNumbers(ofVoxels)),
  };
  dispose(counts);
  return numbers;
}
