import type { ReferenceLossName, ReferenceOptions } from "@lossary/test-kit/reference";
import type { HandVector } from "./hand-vectors.ts";

function pair(
  name: string,
  loss: ReferenceLossName,
  options: ReferenceOptions,
  value: number,
  first: number[],
  second: number[],
): HandVector {
  const input = {
    shape: [1, 4, 2],
    predictions: Float64Array.of(0.1, 0.9, 0.8, 0.2, 0.4, 0.6, 0.7, 0.3),
    labels: Float64Array.of(0, 1, 1, 0, 0, 1, 0, 1),
    options,
  };
  return {
    name,
    loss,
    input,
    value,
    gradient: Float64Array.from(first.flatMap((x, i) => [x, second[i] as number])),
    tolerance: 1e-6,
  };
}

/** The vectors of the losses in two classes: the same p and g with their complements first. */
export const twoClassVectors: HandVector[] = [
  pair(
    "generalised Dice, square weights, smooth 0",
    "generalizedDiceLoss",
    { smooth: 0 },
    0.4375,
    [0.158203, -0.404297, 0.158203, 0.158203],
    [-0.044922, 0.017578, -0.044922, -0.044922],
  ),
  // d = 1 - p of the target: the Dice loss of class 1, 1 - 3.6 / 5
  pair(
    "generalised Wasserstein Dice, M = 0/1, smooth 0",
    "generalizedWassersteinDiceLoss",
    {
      smooth: 0,
      distanceMatrix: [
        [0, 1],
        [1, 0],
      ],
    },
    0.28,
    [0.256, 0, 0.256, 0.256],
    [0, 0.144, 0, 0],
  ),
  // positives x2: (2 (.105361 + .510826 + 1.203973) + .223144) / 4
  pair(
    "weighted cross entropy, positives x2, / N",
    "weightedCrossEntropyLoss",
    { classWeights: [1, 2] },
    0.96586536,
    [0, -0.3125, 0, 0],
    [-0.555556, 0, -0.833333, -1.666667],
  ),
  // Dice part .724332795, cross-entropy part 1.006980025
  pair(
    "exponential logarithmic, smooth 1, exponents .3, weights .8 and .2",
    "exponentialLogarithmicLoss",
    {},
    0.780862241,
    [0.054093, -0.219504, 0.054093, 0.054093],
    [-0.174354, 0.050577, -0.12756, -0.132063],
  ),
];
