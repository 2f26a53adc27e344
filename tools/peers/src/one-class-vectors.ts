import type { ReferenceLossName, ReferenceOptions } from "@lossary/test-kit/reference";
import type { HandVector } from "./hand-vectors.ts";

function binary(
  name: string,
  loss: ReferenceLossName,
  options: ReferenceOptions,
  value: number,
  gradient: number[],
): HandVector {
  const input = {
    shape: [1, 4, 1],
    predictions: Float64Array.of(0.9, 0.2, 0.6, 0.3),
    labels: Float64Array.of(1, 0, 1, 1),
    options,
  };
  return { name, loss, input, value, gradient: Float64Array.from(gradient), tolerance: 1e-6 };
}

const thirds = 1 / 3;

/** The vectors of the losses in one class: p = [.9, .2, .6, .3], g = [1, 0, 1, 1], one sample. */
export const oneClassVectors: HandVector[] = [
  binary("binary cross entropy", "crossEntropyLoss", {}, 0.510825624, [-0.277778, 0.3125, -0.416667, -0.833333]),
  binary(
    "balanced cross entropy, beta .25",
    "balancedCrossEntropyLoss",
    { beta: 0.25 },
    0.15559935,
    [-0.069444, 0.234375, -0.104167, -0.208333],
  ),
  binary(
    "focal, alpha .25 gamma 2",
    "focalLoss",
    { alpha: 0.25, gamma: 2 },
    0.04371935,
    [-0.002011, 0.026111, -0.042208, -0.207431],
  ),
  binary("top 50 %", "topKLoss", { percent: 50 }, 0.857399214, [0, 0, -0.833333, -1.666667]),
  binary("top by threshold .65", "topKLoss", { threshold: 0.65 }, 0.857399214, [0, 0, -0.833333, -1.666667]),
  binary("Dice, smooth 1", "diceLoss", { smooth: 1 }, 0.233333333, [-0.205556, 0.127778, -0.205556, -0.205556]),
  binary("Dice, smooth 1e-5", "diceLoss", {}, 0.27999944, [-0.255999, 0.144, -0.255999, -0.255999]),
  binary(
    "Dice of squares, smooth 1",
    "diceLoss",
    { smooth: 1, denominator: "squares" },
    0.132075472,
    [-0.082592, 0.065504, -0.180847, -0.279103],
  ),
  binary(
    "noise-robust Dice, smooth 1",
    "noiseRobustDiceLoss",
    { smooth: 1 },
    0.181077307,
    [-0.150996, 0.112904, -0.219995, -0.25729],
  ),
  binary(
    "noise-robust Dice, gamma 1, smooth 1",
    "noiseRobustDiceLoss",
    { smooth: 1, gamma: 1 },
    0.264150943,
    [-0.278391, 0.168743, -0.248487, -0.218583],
  ),
  binary(
    "noise-robust Dice, sum, smooth 1",
    "noiseRobustDiceLoss",
    { smooth: 1, denominator: "sum" },
    0.159951621,
    [-0.105716, 0.085145, -0.184772, -0.235824],
  ),
  binary("IoU, smooth 1", "iouLoss", { smooth: 1 }, 0.333333333, [-0.238095, 0.15873, -0.238095, -0.238095]),
  binary(
    "Tversky FP .3 FN .7, smooth 1",
    "tverskyLoss",
    { smooth: 1 },
    0.243243243,
    [-0.208912, 0.061359, -0.208912, -0.208912],
  ),
  binary(
    "focal Tversky, 1/gamma .75, smooth 1",
    "focalTverskyLoss",
    { smooth: 1 },
    0.346362279,
    [-0.223107, 0.065528, -0.223107, -0.223107],
  ),
  binary(
    "log-cosh Dice, smooth 1",
    "logCoshDiceLoss",
    { smooth: 1 },
    0.026978734,
    [-0.047111, 0.029285, -0.047111, -0.047111],
  ),
  binary(
    "sensitivity-specificity r .05, smooth 0",
    "sensitivitySpecificityLoss",
    { smooth: 0 },
    0.049,
    [-0.003333, 0.38, -0.013333, -0.023333],
  ),
  binary(
    "distance-penalized cross entropy, F = [.2, 1, .5, 0]",
    "distancePenalizedCrossEntropyLoss",
    { distanceMap: Float64Array.of(0.2, 1, 0.5, 0) },
    0.63573274,
    [-0.333333, 0.625, -0.625, -0.833333],
  ),
  binary(
    "weighted cross entropy, weight 2 on both sides",
    "weightedCrossEntropyLoss",
    { classWeights: [2] },
    1.021651248,
    [-0.555556, 0.625, -0.833333, -1.666667],
  ),
  // cross entropy + mean of 1 - p_t = (.1 + .2 + .4 + .7) / 4
  binary("Poly-1, epsilon 1", "polyCrossEntropyLoss", {}, 0.860825624, [-0.527778, 0.5625, -0.666667, -1.083333]),
  // errors .7 .4 .2 .1 with g 1 1 0 1: J = 1/3, 2/3, 3/4, 1
  binary("Lovasz-softmax", "lovaszSoftmaxLoss", {}, 0.408333333, [-0.25, 1 / 12, -thirds, -thirds]),
  // scores as they come: errors .1 1.2 .4 .7, falling 1.2 .7 .4 .1 with g 0 1 1 1: J = 1/4, 2/4, 3/4, 1
  binary("Lovasz hinge", "lovaszHingeLoss", {}, 0.6, [-0.25, 0.25, -0.25, -0.25]),
  // TP 1.8, FP .2, FN 1.2, TN .8: 1 - 1.2 / sqrt(12)
  binary(
    "Matthews correlation, smooth 0",
    "matthewsCorrelationLoss",
    { smooth: 0 },
    0.653589838,
    [-0.288675, 0.866025, -0.288675, -0.288675],
  ),
  binary(
    "boundary, phi = [-1, 1, 0, 0]",
    "boundaryLoss",
    { distanceMap: Float64Array.of(-1, 1, 0, 0) },
    -0.175,
    [-0.25, 0.25, 0, 0],
  ),
  binary(
    "Hausdorff, frozen d_G^2 + d_S^2 = [1, 2, 1, 3]",
    "hausdorffDistanceLoss",
    { sided: "target", alpha: 1, distanceMap: Float64Array.of(1, 2, 1, 3) },
    0.43,
    [-0.05, 0.2, -0.2, -1.05],
  ),
  binary("combo a .5 beta .5 smooth 1", "comboLoss", {}, 0.244373073, [-0.172222, 0.142014, -0.206944, -0.311111]),
];
