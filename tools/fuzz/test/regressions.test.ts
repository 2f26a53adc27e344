import { expect, it } from "vitest";
import { use } from "../src/backends.ts";
import { subjects } from "../src/surface.ts";
import { judge, type Outcome } from "../src/verdict.ts";

const floats = (shape: readonly number[], tensor: readonly number[]) => ({ tensor, shape, dtype: "float32" as const });
const integers = (shape: readonly number[], tensor: readonly number[]) => ({ tensor, shape, dtype: "int32" as const });
const zeros = (...shape: number[]) =>
  floats(shape, new Array(shape.reduce((product, side) => product * side, 1)).fill(0));
const even = (size: number, value: number) => new Array<number>(size).fill(value);

/** What fuzzing has found, made small: who was called with what, what was wrong then, and what is right. */
const found: readonly [who: string, then: string, now: Outcome, given: readonly unknown[]][] = [
  [
    "exponentialLogarithmicLoss",
    "NaN, as the weight of a class with next to no voxels was infinite",
    "accepted",
    [floats([1, 2, 2], [0, 0.9, 2 ** -149, 0]), zeros(1, 2, 2), { activation: "softmax" }],
  ],
  [
    "weightedCrossEntropyLoss",
    "infinite, as the weight of such a class was",
    "accepted",
    [
      floats([1, 2, 2], [0, 0.9, 2 ** -149, 0]),
      zeros(1, 2, 2),
      { activation: "softmax", classWeights: "inverseFrequency" },
    ],
  ],
  [
    "matthewsCorrelationLoss",
    "a NaN gradient, as the square of a product of two roots was 0",
    "accepted",
    [integers([1, 2], [0, 0]), zeros(1, 2, 1), { weights: integers([1, 2], [0, 0]), smooth: 1e-30 }],
  ],
  [
    "hausdorffDistanceLoss",
    "NaN, as a root was taken of the negative side of a signed map",
    "accepted",
    [integers([1, 2], [0, 1]), zeros(1, 2, 1), { alpha: 0.25, distanceMap: floats([1, 2, 1], [1, -1]), borderless: 0 }],
  ],
  [
    "hausdorff95",
    "an error of tfjs about the depth of oneHot",
    "refused",
    [integers([2, 2], [0, 0, 0, 0]), zeros(2, 2, 1), { multiLabel: false }],
  ],
  [
    "hausdorffDistanceLoss",
    "an error of tfjs about the depth of oneHot",
    "refused",
    [integers([1, 2], [0, 0]), zeros(1, 2, 1), { multiLabel: false, predictionMask: "argmax" }],
  ],
  [
    "hausdorffConvolutionLoss",
    "NaN, as float32 does not hold such a power",
    "refused",
    [integers([1, 2], [0, 0]), zeros(1, 2, 1), { alpha: 1000 }],
  ],
  [
    "generalizedWassersteinDiceLoss",
    "infinite, as probabilities that add up to 3 made the denominator 0",
    "accepted",
    [
      integers([1, 2], [0, 4]),
      floats([1, 2, 5], [0, 0, 0, 0, 0, 0, 1, 1, 1, 0]),
      {
        distanceMatrix: [0, 1, 2, 3, 4].map((row) => [0, 1, 2, 3, 4].map((column) => (row === column ? 0 : 1))),
        smoothDenominator: 1,
      },
    ],
  ],
  [
    "focalTverskyLoss",
    "a NaN gradient, of a root of next to nothing times a large class weight",
    "accepted",
    [
      integers([1, 1], [0]),
      floats([1, 1, 4], [1e4, 0, 0, 0]),
      { activation: "softmax", classWeights: [0, 1000, 0, 0], gamma: 60, falsePositiveWeight: 0.001 },
    ],
  ],
  [
    "contourDistanceMap",
    "an error about the length of an array",
    "refused",
    [integers([1, 2], [0, 0]), { classes: 1e308 }],
  ],
  ["activeBoundaryLoss", "not iterable", "refused", [integers([2], [0, 0]), zeros(2, 1), { distanceMap: zeros(2, 1) }]],
  ["diceLoss", "NaN, as float32 holds no 1e308", "refused", [zeros(1, 2, 1), zeros(1, 2, 1), { smooth: 1e308 }]],
  [
    "hausdorff95",
    "infinity, as float32 holds no 1e308",
    "refused",
    [integers([1, 2], [0, 1]), zeros(1, 2, 1), { missing: 1e308 }],
  ],
  ["splitSums", "an error about reduce", "refused", [{ intersection: zeros(1, 1) }, null]],
  ["splitSums", "a range error of an array", "refused", [{ intersection: zeros(2, 1) }, [1.5, 0.5]]],
  ["alongSlopes", "an error that names no sums", "refused", [[], { intersection: zeros(1, 1) }]],
  [
    "slopesOfSums",
    "nine tensors left behind by a refusal",
    "refused",
    [
      Object.fromEntries(
        ["intersection", "falsePositives", "falseNegatives", "squaredErrors", "predicted", "labelled", "valid"].map(
          (name) => [name, zeros(1, 1)],
        ),
      ),
      "sample",
    ],
  ],
  [
    "sumsFromJSON",
    "infinity, as float32 holds no 1e308",
    "refused",
    [{ format: "lossary-sums", version: 1, sums: { valid: { shape: [1, 1], values: [1e308] } } }, undefined],
  ],
  ["weightedSum", "an error about join", "refused", [[{ loss: () => 1 }], [integers([1], [0]), zeros(1, 1), {}]]],
  ["deepSupervisionWeights", "an invalid array length", "refused", [2 ** 53]],
  ["checkLabels", "an error about dtype", "refused", [undefined, 2, {}]],
  ["inverseFrequencyWeights", "an error about iteration", "refused", [undefined, { classes: 3 }]],
  ["contourDistanceMap", "an error about forEach", "refused", [[[1]], {}]],
  ["surfaceDistances", "an error in the name of another function", "refused", [[1], [1], [1], { spacing: ["1", "2"] }]],
  ["surfaceDistances", "an error about null", "refused", [[1], [1], [1], null]],
  ["rebalance", "an error about symbols", "refused", [Symbol.iterator, {}]],
  [
    "windowMinimum",
    "the caller's tensor itself",
    "accepted",
    [zeros(1, 1, 1), { spatial: [], axes: [], fused: false }],
  ],
  ["selectLargest", "a tensor left behind", "accepted", [zeros(1, 2), floats([1, 2], even(2, 1)), 10, false]],
];

it.each(["cpu", "wasm"].flatMap((backend) => found.map((one) => [backend, ...one] as const)))(
  "%s: %s does not give %s any more: it is %s",
  async (backend, who, _then, now, given) => {
    await use(backend);
    const subject = subjects.find(({ name }) => name === who);
    if (subject === undefined) throw new Error(`there is no ${who}`);
    expect(await judge(subject, given)).toBe(now);
  },
);

it("deepSupervision says that voxel maps of two resolutions do not add", async () => {
  await use("cpu");
  const subject = subjects.find(({ name }) => name === "deepSupervision");
  const { crossEntropyLoss } = await import("@lossary/losses-distribution");
  const outputs = [zeros(1, 4, 2), zeros(1, 2, 2), zeros(1, 1, 2)];
  const given = [crossEntropyLoss, undefined, [zeros(1, 4, 2), outputs, { reduction: "none" }]];
  expect(await judge(subject as never, given)).toBe("refused");
});
