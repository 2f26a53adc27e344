import { distanceBetween, positions } from "../reference/distance.ts";
import type { ReferenceInput } from "../reference/input.ts";
import { prepare } from "../reference/prepare.ts";
import { normalizedDistances } from "../reference/signed-distance-regression.ts";
import type { LossDescription } from "./description.ts";
import { overlapPartner } from "./overlap-partner.ts";

const ofClasses = { unreduced: "classes", family: "shared", spatial: true } as const;
const partnered = { ...ofClasses, partner: overlapPartner } as const;

// it moves a boundary that is there already
const active = {
  ...partnered,
  without: ["classWeights", "normalize", "includeBackground"],
  teachesAlone: false,
} as const;

/** Whether the mean of p over some ball is next to 1/2, where the soft threshold bends. */
function nearThreshold(call: ReferenceInput): boolean {
  const { batch, voxels, classes, spatial, v, p, options } = prepare(call);
  const points = positions(spatial, options.spacing);
  const balls = (options.radii ?? []).flatMap((radius) =>
    points.map((centre) => points.flatMap((point, i) => (distanceBetween(centre, point) <= radius ? [i] : []))),
  );
  return Array.from({ length: batch * classes }, (_, k) => [Math.floor(k / classes), k % classes] as const).some(
    ([n, c]) =>
      balls.some((ball) => {
        const counted = ball.map((i) => n * voxels + i).filter((i) => v[i] !== 0);
        const sum = counted.reduce((total, i) => total + (p[i * classes + c] as number), 0);
        return counted.length > 0 && Math.abs(sum / counted.length - 0.5) < 2e-3;
      }),
  );
}

/** Whether a prediction is next to its target, where |y - t| has a kink. */
function nearTarget(call: ReferenceInput): boolean {
  const target = normalizedDistances(prepare(call));
  return call.predictions.some((y, i) => Math.abs(y - (target[i] as number)) < 2e-3);
}

/** The losses made of distances. */
export const boundaryLosses = {
  boundaryLoss: [
    {
      ...partnered,
      variants: [{}],
      // signed: the perfect prediction costs the mean of the negative distances
      zeroAtPerfect: false,
      // its distance is 0 on the inner border, which it leaves to the region loss
      teachesAlone: false,
    },
  ],
  hausdorffDistanceLoss: [
    { ...partnered, variants: [{}, { alpha: 1, borderless: 0 }, { sided: "target", borderless: 2.5 }] },
    // the most probable class is a mask of exclusive classes
    {
      ...partnered,
      variants: [{ predictionMask: "argmax" }],
      classes: [2, 4],
      activations: ["none", "softmax"],
      refuses: ({ multiLabel }) => multiLabel === true,
    },
  ],
  logHausdorffDistanceLoss: [{ ...partnered, variants: [{}, { sided: "target", alpha: 1.5 }] }],
  hausdorffErosionLoss: [
    {
      ...partnered,
      variants: [{}, { erosions: 2, alpha: 0.5 }],
      // a squared error below one half does not outlast an erosion: there is nothing to learn from unsure predictions
      teachesAlone: false,
    },
  ],
  hausdorffConvolutionLoss: [
    {
      ...partnered,
      variants: [{ radii: [1, 2.5] }, { radii: [1.5], alpha: 0 }],
      refuses: (_options, call) => nearThreshold(call),
    },
  ],
  shapeAwareLoss: [
    {
      ...partnered,
      unreduced: "voxels",
      family: "distribution",
      variants: [{}, { distanceWeight: 0.25, distanceUnit: "diagonal" }],
    },
  ],
  activeBoundaryLoss: [
    // a large share, so that small images have a boundary of several voxels
    {
      ...active,
      variants: [{ boundaryShare: 0.3 }, { maxDistance: 1.5, directionSmoothing: 0 }],
      classes: [2, 4],
      activations: ["none", "softmax"],
      refuses: ({ multiLabel }) => multiLabel === true,
    },
    {
      ...active,
      variants: [{ boundaryShare: 0.5 }],
      classes: [1],
      ranks: [1, 2],
      activations: ["none", "sigmoid"],
    },
  ],
  boundaryDoULoss: [{ ...partnered, family: "ratio", without: ["intersection"], variants: [{}, { maxAlpha: 0.3 }] }],
  signedDistanceRegressionLoss: [
    {
      ...ofClasses,
      variants: [{}, { smooth: 0, productWeight: 0.5 }, { smoothNumerator: 0.25, smoothDenominator: 1 }],
      refuses: (_options, call) => nearTarget(call),
      // predictions are maps, not probabilities: perfect and learned ones stand in a test of their own
      activations: ["none"],
      zeroAtPerfect: false,
      teachesAlone: false,
    },
  ],
} satisfies Record<string, readonly LossDescription[]>;
