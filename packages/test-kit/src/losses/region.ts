import type { ReferenceInput } from "../reference/input.ts";
import { prepare } from "../reference/prepare.ts";
import type { LossDescription } from "./description.ts";

const ratio = { unreduced: "classes", family: "ratio" } as const;
const sorted = { unreduced: "classes", family: "shared" } as const;

// its matrix has as many rows as there are classes
const wasserstein: Omit<LossDescription, "classes" | "required"> = {
  ...ratio,
  activations: ["none", "softmax"],
  variants: [{}, { weighting: "volume" }],
  without: ["emptyClass", "includeBackground", "intersection", "normalize"],
  refuses: ({ multiLabel }) => multiLabel === true,
};
const ofTwo = [
  [0, 1],
  [1, 0],
];
const ofFour = [
  [0, 1, 1, 1],
  [1, 0, 0.5, 0.25],
  [1, 0.75, 0, 0.5],
  [2, 0.25, 0.5, 0],
];

/** Whether two probabilities of a class differ by less than float32 holds of them next to 1: a skeleton is such a difference. */
function hasLostDigits(call: ReferenceInput): boolean {
  const { complement, classes } = prepare(call);
  return Array.from({ length: classes }, (_, c) => complement.filter((_q, i) => i % classes === c)).some(
    (ofClass) => new Set(ofClass.filter((q) => q < 1e-4)).size > 1,
  );
}

/** The losses made of overlap. */
export const regionLosses = {
  diceLoss: [
    {
      ...ratio,
      variants: [{}, { denominator: "squares" }],
      refuses: ({ denominator, intersection }) => denominator === "squares" && intersection === "semimetric",
    },
  ],
  iouLoss: [{ ...ratio, variants: [{}] }],
  tverskyLoss: [{ ...ratio, variants: [{}, { falsePositiveWeight: 1.5, falseNegativeWeight: 0 }] }],
  focalTverskyLoss: [{ ...ratio, variants: [{}, { gamma: 0.75 }, { gamma: 3, falsePositiveWeight: 0.5 }] }],
  generalizedDiceLoss: [
    {
      ...ratio,
      variants: [{}, { weighting: "simple" }, { weighting: "uniform" }, { absentWeight: "zero" }],
      without: ["emptyClass", "normalize"],
    },
  ],
  logCoshDiceLoss: [
    {
      ...ratio,
      variants: [{}, { denominator: "squares" }],
      refuses: ({ denominator, intersection }) => denominator === "squares" && intersection === "semimetric",
    },
  ],
  noiseRobustDiceLoss: [
    {
      ...ratio,
      variants: [{}, { gamma: 1 }, { gamma: 2 }, { denominator: "sum" }, { gamma: 1, denominator: "sum" }],
      without: ["intersection"],
    },
  ],
  sensitivitySpecificityLoss: [
    {
      ...ratio,
      variants: [{}, { sensitivityWeight: 0.5 }],
      without: ["intersection", "smoothNumerator"],
    },
  ],
  matthewsCorrelationLoss: [
    { ...ratio, variants: [{}, { smooth: 1 }], without: ["smoothNumerator", "smoothDenominator"] },
  ],
  lovaszSoftmaxLoss: [
    {
      ...sorted,
      variants: [{}, { classes: "all" }, { per: "batch" }],
      refuses: ({ per, reduction }) => per === "batch" && reduction === "sample",
    },
  ],
  lovaszHingeLoss: [
    {
      ...sorted,
      variants: [{}, { classes: "present" }, { per: "batch" }],
      activations: ["none"],
      // errors of soft targets may tie in float32 and not in float64, which is another gradient
      targets: ["indices", "one-hot"],
      refuses: ({ per, reduction }) => per === "batch" && reduction === "sample",
      // a score of 0 or 1 is not beyond its margin
      zeroAtPerfect: false,
    },
  ],
  generalizedWassersteinDiceLoss: [
    { ...wasserstein, classes: [2], required: { distanceMatrix: ofTwo } },
    { ...wasserstein, classes: [4], required: { distanceMatrix: ofFour } },
  ],
  clDiceLoss: [
    {
      ...ratio,
      variants: [{}, { iterations: 1 }],
      without: ["intersection"],
      refuses: (_options, call) => hasLostDigits(call),
      spatial: true,
    },
  ],
} satisfies Record<string, readonly LossDescription[]>;
