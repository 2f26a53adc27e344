import {
  classCoefficients,
  distributionRules,
  type Problem,
  prepare,
  readOptions,
  voxelNormalizer,
} from "@lossary/core-reduce";
import { onEachBackend, readNumbers } from "@lossary/test-kit";
import { tensor2d, zeros } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

function problemOf(options?: object): Problem {
  const labels = tensor2d([[0, 1, 1, 2]], [1, 4], "int32");
  return prepare("test", labels, zeros([1, 4, 3]), readOptions("test", options, distributionRules));
}

const plain = { includeBackground: true, normalize: "count" } as const;

onEachBackend("class weighting", () => {
  it("is the weights for exclusive classes, and their share of the mean for channels", async () => {
    const classWeights = [1, 2, 3];
    expect(await readNumbers(classCoefficients(problemOf(), { ...plain, classWeights }))).toEqual([1, 2, 3]);
    const channels = problemOf({ multiLabel: true });
    expect(await readNumbers(classCoefficients(channels, { ...plain, classWeights }))).toBeClose([1 / 3, 2 / 3, 1]);
    expect(await readNumbers(classCoefficients(channels, { ...plain, classWeights, normalize: "weights" }))).toBeClose([
      1 / 6,
      2 / 6,
      3 / 6,
    ]);
  });

  it("takes weights that stand on the device like numbers", async () => {
    const classWeights = tensor2d([[1, 2, 3]]);
    const left = { includeBackground: false, normalize: "weights", classWeights } as const;
    expect(await readNumbers(classCoefficients(problemOf({ multiLabel: true }), left))).toBeClose([0, 0.4, 0.6]);
    // the labels 1, 1, 2 weigh 2 + 2 + 3; the background is left out
    expect(await readNumbers(voxelNormalizer(problemOf(), left))).toBeClose([7]);
  });

  it("gives channels whose weights are all 0 nothing, not NaN", async () => {
    const problem = problemOf({ multiLabel: true });
    const weighting = { includeBackground: false, normalize: "weights", classWeights: [1, 0, 0] } as const;
    expect(await readNumbers(classCoefficients(problem, weighting))).toEqual([0, 0, 0]);
  });
});
