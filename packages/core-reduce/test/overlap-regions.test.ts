import { effortOn, onEachBackend, readNumbers } from "@lossary/test-kit";
import {
  dispose,
  grad,
  memory,
  type Tensor,
  type Tensor3D,
  tensor,
  tensor1d,
  tensor2d,
  tidy,
} from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseArrays } from "../src/fused/array-choice.ts";
import { runKernel } from "../src/kernel.ts";
import { overlapRegionsKernel } from "../src/overlap-regions.ts";
import { type Case, type CaseOptions, makeCase } from "./fused-cases.ts";
import { overlapDefinition, referenceGradient, referenceValue } from "./fused-reference.ts";

/** A class of each third of a sample is a region, but for every fifth voxel; each is the place of its sample and class. */
function regionsOf({ given, labels }: Case) {
  const { voxels, classes, weights } = given;
  const rows: number[] = [];
  const known = new Map<string, number>();
  const numbers = labels.values.map((label, at) => {
    // what stands at voxels that do not count, or are of no class, has no influence
    if (weights[at] === 0 || (classes === 1 && label === 0)) return Math.min(at % 2, rows.length);
    if (at % 5 === 3) return 0;
    const sample = Math.floor(at / voxels);
    const name = [sample, label, Math.floor((3 * (at % voxels)) / voxels)].join();
    if (!known.has(name)) {
      rows.push(sample * classes + (classes === 1 ? 0 : label));
      known.set(name, rows.length);
    }
    return known.get(name) as number;
  });
  return { numbers, rows };
}

/** The sums, and the slope of each with respect to every probability, by their definitions. */
function definitionOf(problem: Case, product: boolean, { numbers, rows }: ReturnType<typeof regionsOf>) {
  const { batch, voxels, classes, target } = problem.given;
  const count = rows.length;
  const isOwn = (region: number, at: number, c: number) =>
    numbers[at] === region + 1 && (rows[region] as number) % classes === c && target[at * classes + c] === 1;
  const isOutside = (region: number, at: number, c: number) =>
    rows[region] === Math.floor(at / voxels) * classes + c && target[at * classes + c] === 0;
  const perRegion = {
    kinds: 3 * count,
    terms: (voxel: { p: number[]; q: number[] }, _g: number, c: number, at: number) => {
      const [p, q] = [voxel.p[c] as number, voxel.q[c] as number];
      const regions = rows.map((_row, region) => region);
      return [
        ...regions.map((region) => (isOwn(region, at, c) ? p : 0)),
        ...regions.map((region) => (isOutside(region, at, c) ? p : 0)),
        ...regions.map((region) => (isOwn(region, at, c) ? q : 0)),
      ];
    },
    slopes: (_voxel: unknown, _g: number, c: number, at: number) => {
      const regions = rows.map((_row, region) => region);
      return [
        ...regions.map((region) => Number(isOwn(region, at, c))),
        ...regions.map((region) => Number(isOutside(region, at, c))),
        ...regions.map((region) => -Number(isOwn(region, at, c))),
      ];
    },
  };
  const all = overlapDefinition(product);
  const ofClasses = batch * classes;
  // a sum of a region is that of all samples and classes, of which it is in one
  const added = (values: readonly number[]) =>
    Array.from({ length: 3 * count }, (_, kind) =>
      values.slice(kind * ofClasses, (kind + 1) * ofClasses).reduce((sum, value) => sum + value, 0),
    );
  return {
    value: [...referenceValue(problem.given, all), ...added([...referenceValue(problem.given, perRegion)])],
    gradient: (upstream: Float32Array) => {
      const spread = Array.from(upstream.slice(4 * ofClasses)).flatMap((one) => new Array(ofClasses).fill(one));
      const ofRegions = referenceGradient(problem.given, perRegion, Float32Array.from(spread));
      return Array.from(referenceGradient(problem.given, all, upstream.slice(0, 4 * ofClasses))).map(
        (slope, at) => slope + (ofRegions[at] as number),
      );
    },
  };
}

async function runOf(problem: Case, product: boolean, fused: boolean) {
  const { given, labels, weights, predictions, ignoreLabel } = problem;
  const { batch, voxels, classes, activation } = given;
  const regions = regionsOf(problem);
  const run = (x: Tensor) => {
    const inputs = {
      labels: tensor2d(labels.values, [batch, voxels], "int32"),
      ...(weights && { weights: tensor2d(weights, [batch, voxels]) }),
      regions: tensor2d(regions.numbers, [batch, voxels], "int32"),
    };
    const attributes = { activation, ignoreLabel, product, rows: regions.rows };
    const sums = runKernel(overlapRegionsKernel, { ...inputs, predictions: x as Tensor3D }, attributes, fused);
    dispose(Object.values(inputs));
    return sums;
  };
  const x = tensor(predictions, [batch, voxels, classes], "float32");
  const value = tidy(() => run(x));
  const upstream = Float32Array.from({ length: value.size }, (_, at) => Math.cos(1 + at * 1.3));
  const dy = tensor1d(upstream);
  const gradient = tidy(() => grad(run)(x, dy));
  const result = { value: await readNumbers(value), gradient: await readNumbers(gradient), upstream };
  dispose([x, value, dy, gradient]);
  return { ...result, definition: definitionOf(problem, product, regions) };
}

const problems: CaseOptions[] = [1, 2, 3, 7].flatMap((classes) =>
  (classes === 1 ? (["none", "sigmoid"] as const) : (["none", "sigmoid", "softmax"] as const)).flatMap((activation) =>
    [false, true].map((weighted) => ({ voxels: 37, classes, activation, labels: "indices" as const, weighted })),
  ),
);

onEachBackend("sums of regions", (backend) => {
  // an emulated graphics processor compiles a program for every shape
  const looked = effortOn(backend).thorough
    ? problems
    : problems.filter(({ classes, weighted }) => classes === 3 && weighted);
  const isArray = backend === "cpu" || backend === "wasm";
  describe.each(isArray ? ["portable", "simd", "loops"] : ["portable"])("%s", (form) => {
    const fused = form !== "portable";
    beforeAll(() => chooseArrays({ loopsAlone: form === "loops" }));
    afterAll(() => chooseArrays());

    it.each(looked)("are those of their definition: $classes, $activation, weighted $weighted", async (options) => {
      const problem = makeCase(options);
      for (const product of [false, true]) {
        const { value, gradient, upstream, definition } = await runOf(problem, product, fused);
        expect(value).toBeClose(definition.value, { relative: 1e-6 });
        expect(gradient).toBeClose(definition.gradient(upstream), { relative: 1e-5 });
      }
    });

    it("keep their digits where predictions are nearly perfect", async () => {
      for (const [classes, activation] of [
        [1, "sigmoid"],
        [3, "sigmoid"],
        [3, "softmax"],
      ] as const) {
        const logits = (label: number, c: number) => (label === (classes === 1 ? 1 : c) ? 9 : -9);
        const problem = makeCase({ voxels: 21, classes, activation, labels: "indices", logits });
        const { value, definition } = await runOf(problem, false, fused);
        const missing = (sums: ArrayLike<number>) => Array.from(sums).slice(-regionsOf(problem).rows.length);
        expect(missing(definition.value).every((sum) => sum < 0.01)).toBe(true);
        expect(missing(value)).toBeClose(missing(definition.value), { relative: 1e-5 });
      }
    });

    it("have one sample and one class", async () => {
      const problem = makeCase({ batch: 1, voxels: 9, classes: 1, activation: "sigmoid", labels: "indices" });
      const { value, gradient, upstream, definition } = await runOf(problem, false, fused);
      expect(value).toBeClose(definition.value, { relative: 1e-6 });
      expect(gradient).toBeClose(definition.gradient(upstream), { relative: 1e-5 });
    });

    if (fused)
      it("go over the ends of tiles and leave no tensor", async () => {
        const before = memory().numTensors;
        const problem = makeCase({ voxels: 701, classes: 3, activation: "softmax", labels: "indices", weighted: true });
        chooseArrays({ loopsAlone: form === "loops", largestTile: 256 });
        const { value, gradient, upstream, definition } = await runOf(problem, false, fused);
        chooseArrays({ loopsAlone: form === "loops" });
        expect(value).toBeClose(definition.value, { relative: 1e-6 });
        expect(gradient).toBeClose(definition.gradient(upstream), { relative: 1e-5 });
        expect(memory().numTensors).toBe(before);
      });
  });
});
