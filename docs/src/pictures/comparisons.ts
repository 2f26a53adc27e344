import { diceLoss } from "@lossary/losses-region";
import * as tf from "@tensorflow/tfjs-core";
import { chart, type Line, mapPanel, upAndDown } from "./charts.ts";
import { lossOf, slopesOf } from "./losses.ts";
import { disc, lesion, lesionLogits, predictedDisc, rightBut, side } from "./scene.ts";
import { sheet } from "./svg.ts";

const wide = { width: 520, height: 280, names: 168 } as const;
const colours = ["ink", "one", "zero", "third", "fourth"] as const;

function lines(names: readonly string[], points: (name: string) => Line["points"]): Line[] {
  return names.map((name, index) => ({ name, color: colours[index] as Line["color"], points: points(name) }));
}

/** Losses against the distance of a disc from its place, each as a share of its own cost at half the way. */
function shift(): string {
  const truth = disc(6);
  const far = 13;
  const steps = Array.from({ length: 2 * far + 1 }, (_, step) => step / 2);
  const names = ["diceLoss", "crossEntropyLoss", "boundaryLoss", "hausdorffDistanceLoss", "logHausdorffDistanceLoss"];
  return sheet(
    "Losses against the shift of a disc: those with distances go on growing where the discs no longer touch",
    [
      [
        chart({
          ...wide,
          title: "A disc of radius 6 beside its place",
          x: "shift in voxels; cost above that of no shift, 1 at a shift of 6",
          right: 12,
          lines: lines(names, (name) => {
            const values = steps.map((step) => lossOf(name, truth, predictedDisc(6, step)));
            const [none, six] = [values[0] as number, values[steps.indexOf(6)] as number];
            return steps.map((step, index) => [step, ((values[index] as number) - none) / (six - none)] as const);
          }),
        }),
      ],
    ],
  );
}

/** What it costs to see nothing, against the share of the foreground. */
function imbalance(): string {
  const radii = [1.2, 2, 3, 4, 5, 6.5, 8, 10, 12, 14, 16, 18];
  const names = ["crossEntropyLoss", "weightedCrossEntropyLoss", "diceLoss", "focalLoss", "topKLoss"];
  return sheet(
    "What it costs to see nothing, against the share of the foreground: cross entropy forgets small objects, Dice does not",
    [
      [
        chart({
          ...wide,
          title: "Seeing nothing (p = 0.02 everywhere)",
          x: "share of the foreground",
          xType: "log",
          lines: lines(names, (name) =>
            radii.map((radius) => {
              const truth = disc(radius);
              const share = truth.reduce((sum, label) => sum + label, 0) / truth.length;
              return [
                share,
                lossOf(
                  name,
                  truth,
                  truth.map(() => 0.02),
                ),
              ] as const;
            }),
          ),
        }),
      ],
    ],
  );
}

/** Losses against the size of a predicted disc. */
function size(): string {
  const truth = disc(6);
  const radii = Array.from({ length: 25 }, (_, step) => step / 2);
  const variants: readonly (readonly [string, Line["color"], number, number])[] = [
    ["prices 0.5 and 0.5, Dice", "ink", 0.5, 0.5],
    ["0.3 and 0.7, the default", "one", 0.3, 0.7],
    ["0.7 and 0.3", "zero", 0.7, 0.3],
  ];
  return sheet("Tversky loss against the size of a predicted disc, for three pairs of prices", [
    [
      chart({
        ...wide,
        title: "Tversky: prices of false positives and false negatives",
        x: "predicted radius in voxels, 6 is right",
        right: 6,
        lines: variants.map(([name, color, falsePositiveWeight, falseNegativeWeight]) => ({
          name,
          color,
          points: radii.map(
            (radius) =>
              [
                radius,
                lossOf("tverskyLoss", truth, predictedDisc(radius), { falsePositiveWeight, falseNegativeWeight }),
              ] as const,
          ),
        })),
      }),
    ],
  ]);
}

/** Focal loss of a voxel against its probability. */
function focal(): string {
  const truth = new Float32Array(side * side).fill(1);
  const probabilities = Array.from({ length: 45 }, (_, step) => 0.05 + 0.021 * step);
  return sheet("Focal loss of a voxel against its probability, for four exponents", [
    [
      chart({
        ...wide,
        title: "Focal loss: how much a voxel still counts",
        x: "probability of what is right",
        lines: [0, 0.5, 1, 2].map((gamma, index) => ({
          name: gamma === 0 ? "gamma 0, cross entropy" : `gamma ${gamma}`,
          color: colours[index] as Line["color"],
          points: probabilities.map((p) => [p, lossOf("focalLoss", truth, rightBut(truth, 1, p), { gamma })] as const),
        })),
      }),
    ],
  ]);
}

/** What an absent class costs. */
function absent(): string {
  const labels = tf.zeros([1, side, side, 1]);
  const probabilities = Array.from({ length: 51 }, (_, step) => step / 250);
  const variants: readonly (readonly [string, Line["color"], object])[] = [
    ['"smooth", 1e-5 (default)', "ink", {}],
    ['"smooth", smooth: 100', "one", { smooth: 100 }],
    ['"penalize"', "third", { emptyClass: "penalize" }],
    ['"skip"', "zero", { emptyClass: "skip" }],
  ];
  return sheet("What a class costs that is absent from the target, against the probability that it gets", [
    [
      chart({
        ...wide,
        title: "Dice of an absent class",
        x: "mean probability of the class",
        lines: variants.map(([name, color, options]) => ({
          name,
          color,
          points: probabilities.map((p) => {
            const value = tf.tidy(
              () => diceLoss(labels, tf.fill([1, side, side, 1], p), options).dataSync()[0] as number,
            );
            return [p, value] as const;
          }),
        })),
      }),
    ],
  ]);
}

/** Where six losses push the same prediction. */
function descent(): string {
  const names = [
    "crossEntropyLoss",
    "diceLoss",
    "topKLoss",
    "boundaryLoss",
    "hausdorffDistanceLoss",
    "lovaszSoftmaxLoss",
  ];
  const outlines = [lesion, lesionLogits.map((x) => (x > 0 ? 1 : 0))];
  const panels = names.map((name) => {
    const push = slopesOf(name, lesion, lesionLogits).map((slope) => -slope);
    return mapPanel({ title: name, values: push, colours: upAndDown(push), outlines, size: 168 });
  });
  return sheet("Where six losses push a prediction of a lesion: up in orange, down in blue", [
    panels.slice(0, 3),
    panels.slice(3),
  ]);
}

/** Charts that compare losses or options, by file name. */
export function comparisons(): Map<string, string> {
  return new Map([
    ["absent.svg", absent()],
    ["descent.svg", descent()],
    ["focal.svg", focal()],
    ["imbalance.svg", imbalance()],
    ["shift.svg", shift()],
    ["tversky.svg", size()],
  ]);
}
