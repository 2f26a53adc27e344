import { hausdorffField, penaltyMap, signedDistanceMap } from "@lossary/distance-map";
import {
  activeBoundaryLoss,
  boundaryLoss,
  contourDistanceMap,
  hausdorffDistanceLoss,
  logHausdorffDistanceLoss,
  shapeAwareLoss,
  signedDistanceRegressionLoss,
} from "@lossary/losses-boundary";
import { diceBoundaryLoss, diceHausdorffLoss } from "@lossary/losses-compound";
import { distancePenalizedCrossEntropyLoss } from "@lossary/losses-distribution";
import { onEachBackend } from "@lossary/test-kit";
import { divNoNan, grad, max, min, neg, relu, scalar, sub, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";

type Loss = (labels: Tensor, predictions: Tensor, options?: object) => Tensor;
type MakeMap = (labels: Tensor, request: { classes: number; spacing: number[]; weights?: Tensor }) => Tensor;

interface Measuring {
  readonly loss: Loss;
  /** The map that a data loader makes for it. */
  readonly make: MakeMap;
  /** Where the options of the distance stand. */
  readonly put?: (options: object) => object;
  readonly activation?: string;
  /** Whether the prediction is measured too, with the spacing, beside a map of the labels. */
  readonly measuresPrediction?: boolean;
}

const losses: Record<string, Measuring> = {
  activeBoundaryLoss: {
    loss: activeBoundaryLoss,
    make: (labels, request) => min(contourDistanceMap(labels, request), -1),
  },
  boundaryLoss: { loss: boundaryLoss, make: signedDistanceMap },
  diceBoundaryLoss: { loss: diceBoundaryLoss, make: signedDistanceMap, put: (options) => ({ boundary: options }) },
  diceHausdorffLoss: {
    loss: diceHausdorffLoss,
    make: distances,
    put: (options) => ({ hausdorff: options }),
    measuresPrediction: true,
  },
  distancePenalizedCrossEntropyLoss: { loss: distancePenalizedCrossEntropyLoss, make: penaltyMap },
  hausdorffDistanceLoss: { loss: hausdorffDistanceLoss, make: distances, measuresPrediction: true },
  logHausdorffDistanceLoss: { loss: logHausdorffDistanceLoss, make: distances, measuresPrediction: true },
  shapeAwareLoss: { loss: shapeAwareLoss, make: contourDistanceMap },
  signedDistanceRegressionLoss: {
    loss: signedDistanceRegressionLoss,
    make: (labels, request) => {
      const distance = signedDistanceMap(labels, { ...request, noBackground: 1 });
      const share = (side: Tensor) => divNoNan(side, max(side, [1, 2], true));
      return sub(share(relu(distance)), share(relu(neg(distance))));
    },
    activation: "none",
  },
};

function distances(...[labels, request]: Parameters<MakeMap>): Tensor {
  return hausdorffField(labels, { ...request, alpha: 1 });
}

const shape = [2, 8, 7, 3];
const spacing = [1.5, 0.7];
const voxels = 2 * 8 * 7;
const labels = () =>
  tensor(
    Array.from({ length: voxels }, (_, i) => {
      const [row, column] = [Math.floor(i / 7) % 8, i % 7];
      if (row > 0 && row < 4 && column > 0 && column < 5) return 1;
      return row > 4 && column > (i < 56 ? 2 : 4) ? 2 : 0;
    }),
    [2, 8, 7],
    "int32",
  );
const predictions = () =>
  tensor(
    Array.from({ length: 3 * voxels }, (_, i) => 2 * Math.sin(i * 0.37)),
    shape,
  );
const weights = () =>
  tensor(
    Array.from({ length: voxels }, (_, i) => (i % 11 === 3 ? 0 : 1 + (i % 3))),
    [2, 8, 7],
  );

onEachBackend("a map made inside the loss, and one made beforehand", () => {
  describe.each(Object.entries(losses))("%s", (_name, { loss, make, ...rest }) => {
    it.each([{ ignored: false }, { ignored: true }])(
      "give the same value and gradient, ignored voxels: $ignored",
      ({ ignored }) => {
        const { put = (options) => options, activation, measuresPrediction } = rest;
        const shared = { activation: activation ?? "softmax", ...(ignored && { weights: weights() }) };
        const map = tidy(() => make(labels(), { classes: 3, spacing, ...(ignored && { weights: weights() }) }));
        const numbers = (options: object) => {
          const of = (p: Tensor) => loss(labels(), p, { ...shared, ...put(options) });
          const value = Array.from(tidy(() => of(predictions())).dataSync());
          const gradient = Array.from(tidy(() => grad(of)(predictions(), scalar(1))).dataSync());
          return { value, gradient };
        };
        const [made, given] = [
          numbers({ spacing }),
          numbers({ distanceMap: map, ...(measuresPrediction && { spacing }) }),
        ];
        expect(given.value).toBeClose(made.value, { relative: 1e-6 });
        expect(given.gradient).toBeClose(made.gradient, { relative: 1e-6 });
        expect(made.gradient.some((entry) => entry !== 0)).toBe(true);
        // the spacing says something: in unit steps the loss is another
        const inSteps = numbers({ spacing: 1 });
        expect(Math.abs((inSteps.value[0] as number) - (made.value[0] as number))).toBeGreaterThan(1e-6);
      },
    );
  });
});
