import { distributions, prepare, readOptions, sharedRules, weightsOf } from "@lossary/core-reduce";
import { onEachBackend, readNumbers } from "@lossary/test-kit";
import { memory, type Tensor, tensor, tidy, zeros } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseArrays } from "../src/fused/array-choice.ts";

type Activation = "none" | "sigmoid" | "softmax";

/** P and -ln P of one voxel in double precision. */
function recordOf(x: readonly number[], activation: Activation): number[] {
  if (activation === "sigmoid") {
    const [logit] = x as [number];
    return [
      1 / (1 + Math.exp(-logit)),
      1 / (1 + Math.exp(logit)),
      Math.max(-logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))),
      Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))),
    ];
  }
  if (activation === "none") {
    const all = x.length > 1 ? x : [x[0] as number, 1 - (x[0] as number)];
    return [...all, ...all.map((p) => -Math.log(p))];
  }
  const top = Math.max(...x);
  const total = top + Math.log(x.reduce((sum, logit) => sum + Math.exp(logit - top), 0));
  return [...x.map((logit) => Math.exp(logit - total)), ...x.map((logit) => total - logit)];
}

async function recordsOf(x: Tensor, activation: Activation, weights?: Tensor): Promise<number[]> {
  const options = readOptions("loss", { activation, weights }, sharedRules);
  const problem = prepare("loss", zeros(x.shape), x, options);
  return readNumbers(distributions(problem, weightsOf(problem)) as Tensor);
}

onEachBackend("distributions", () => {
  describe.each(["fused", "loops"])("%s", (form) => {
    beforeAll(() => chooseArrays({ loopsAlone: form === "loops" }));
    afterAll(() => chooseArrays());

    it.each([
      { voxels: 9001, classes: 1, activation: "sigmoid" },
      { voxels: 21, classes: 1, activation: "none" },
      { voxels: 4099, classes: 2, activation: "softmax" },
      { voxels: 37, classes: 3, activation: "softmax" },
      { voxels: 37, classes: 4, activation: "softmax" },
      { voxels: 19, classes: 11, activation: "softmax" },
      { voxels: 19, classes: 6, activation: "none" },
    ] as const)(
      "are those of $voxels voxels, $classes classes, $activation",
      async ({ voxels, classes, activation }) => {
        const raw = Array.from({ length: 2 * voxels * classes }, (_, i) => Math.fround(6 * Math.sin(1.7 * i)));
        const x = activation === "none" ? raw.map((value) => Math.fround((value + 7) / 14)) : raw;
        const expected = Array.from({ length: 2 * voxels }, (_, row) =>
          recordOf(x.slice(row * classes, (row + 1) * classes), activation),
        );
        expect(await recordsOf(tensor(x, [2, voxels, classes]), activation)).toBeClose(expected.flat());
      },
    );

    it("have logarithms that do not saturate: -ln p = 200 for a logit of -200, and 300 for logits 300 apart", async () => {
      expect(await recordsOf(tensor([-200, 200], [1, 2, 1]), "sigmoid")).toBeClose([0, 1, 200, 0, 1, 0, 0, 200]);
      expect(await recordsOf(tensor([-100, 200, 0, 0], [1, 2, 2]), "softmax")).toBeClose([
        0,
        1,
        300,
        0,
        0.5,
        0.5,
        Math.LN2,
        Math.LN2,
      ]);
    });

    it("are those of the prediction 0 at ignored voxels, whatever stands there", async () => {
      // more voxels than are looked at together
      const logits = Array.from({ length: 13001 }, (_, i) =>
        i % 5 === 3 ? Number.NaN : Math.fround(4 * Math.sin(i + 1)),
      );
      const weights = logits.map((logit) => (Number.isNaN(logit) ? 0 : 0.5));
      expect(await recordsOf(tensor(logits, [1, 13001, 1]), "sigmoid", tensor(weights, [1, 13001]))).toBeClose(
        logits.flatMap((logit) => recordOf([Number.isNaN(logit) ? 0 : logit], "sigmoid")),
      );
    });
  });

  it("are left to others where nothing fused shall run, and leave nothing behind but themselves", () => {
    tidy(() => {
      const options = readOptions("loss", {}, sharedRules);
      const problem = prepare("loss", zeros([1, 3, 2]), zeros([1, 3, 2]), options);
      expect(distributions({ ...problem, fused: false }, undefined)).toBeUndefined();
      const before = memory().numTensors;
      distributions(problem, undefined);
      expect(memory().numTensors).toBe(before + 1);
    });
  });
}, ["cpu", "wasm"]);
