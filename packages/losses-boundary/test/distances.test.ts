import {
  activeBoundaryLoss,
  boundaryDoULoss,
  boundaryLoss,
  hausdorffConvolutionLoss,
  hausdorffDistanceLoss,
  hausdorffErosionLoss,
  logHausdorffDistanceLoss,
  shapeAwareLoss,
  signedDistanceRegressionLoss,
} from "@lossary/losses-boundary";
import { type AnyLoss, gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import { expect, it } from "vitest";
import { regionPartner } from "./region-partner.ts";

const side = 12;
const square = (row: number, column: number) =>
  Int32Array.from({ length: side * side }, (_, i) => {
    const [y, x] = [Math.floor(i / side) - row, (i % side) - column];
    return y >= 0 && y < 3 && x >= 0 && x < 2 ? 1 : 0;
  });
const truth = square(2, 1);
const shape = [1, side, side, 1];
const costOf = (loss: AnyLoss, predictions: ArrayLike<number>, options: object = {}) =>
  lossOf(loss, { shape, labels: truth, predictions, options }).values[0] as number;

/** Distances are those of a loss to this power. */
const powers: [string, AnyLoss, number][] = [
  ["boundaryLoss", boundaryLoss, 1],
  ["hausdorffDistanceLoss", hausdorffDistanceLoss, 2],
];
/** The losses of which the cost grows with the shift. */
const growing: [string, AnyLoss, object][] = [
  ["boundaryLoss", boundaryLoss, {}],
  ["hausdorffDistanceLoss", hausdorffDistanceLoss, {}],
  ["logHausdorffDistanceLoss", logHausdorffDistanceLoss, {}],
  ["shapeAwareLoss", shapeAwareLoss, {}],
];
const losses: [string, AnyLoss, object][] = [
  ...growing,
  ["hausdorffErosionLoss", hausdorffErosionLoss, { erosions: 3 }],
  ["hausdorffConvolutionLoss", hausdorffConvolutionLoss, { radii: [1.5, 3] }],
  ["boundaryDoULoss", boundaryDoULoss, {}],
];

onEachBackend("distances", () => {
  it.each(powers)("%s: spacing doubled is distances doubled", (_, loss, power) => {
    const shifted = square(4, 3);
    const cost = costOf(loss, shifted, { spacing: [0.7, 1.3] });
    expect(costOf(loss, shifted, { spacing: [1.4, 2.6] })).toBeClose(cost * 2 ** power);
  });

  it.each(growing)("%s: a shifted prediction costs the more the further it is shifted", (_, loss, options) => {
    const costs = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((shift) => costOf(loss, square(2, 1 + shift), options));
    expect(costs).toEqual([...costs].sort((a, b) => a - b));
    expect(new Set(costs).size).toBe(costs.length);
  });

  it("shapeAwareLoss and activeBoundaryLoss: units cancel, of distances and of what they are compared with", () => {
    const shifted = square(4, 3);
    const [fine, coarse] = [
      [0.7, 1.3],
      [1.4, 2.6],
    ];
    const aware = costOf(shapeAwareLoss, shifted, { spacing: fine });
    expect(costOf(shapeAwareLoss, shifted, { spacing: coarse, distanceWeight: 0.5 })).toBeClose(aware);
    const active = costOf(activeBoundaryLoss, shifted, { spacing: fine, maxDistance: 3 });
    expect(active).toBeGreaterThan(0);
    expect(costOf(activeBoundaryLoss, shifted, { spacing: coarse, maxDistance: 6 })).toBeClose(active);
  });

  it("Dice costs the same for every shift beyond the overlap", () => {
    const costs = [2, 5, 8].map((shift) => costOf(regionPartner, square(2, 1 + shift)));
    expect(new Set(costs).size).toBe(1);
  });

  const turning: [string, AnyLoss, object][] = [
    ...losses,
    ["activeBoundaryLoss", activeBoundaryLoss, { boundaryShare: 0.2 }],
    ["signedDistanceRegressionLoss", signedDistanceRegressionLoss, {}],
  ];
  it.each(turning)("%s: a rotation by 90 degrees changes nothing", (_, loss, options) => {
    const rotated = <T extends Int32Array | Float64Array>(image: T): T =>
      image.map((_, i) => image[(i % side) * side + (side - 1 - Math.floor(i / side))] as number) as T;
    const predictions = Float64Array.from({ length: side * side }, (_, i) => 0.5 + 0.45 * Math.sin(i * 1.3));
    const call = { shape, labels: truth, predictions, options };
    const turned = { shape, labels: rotated(truth), predictions: rotated(predictions), options };
    expect(lossOf(loss, turned).values).toBeClose(lossOf(loss, call).values);
    expect(gradientOf(loss, turned)).toBeClose(rotated(Float64Array.from(gradientOf(loss, call))));
  });

  it.each(losses)("%s: nothing costs less than the perfect prediction", (_, loss, options) => {
    const least = costOf(loss, truth, options);
    for (let seed = 1; seed <= 20; seed++) {
      const other = Float64Array.from(truth, (label, i) => {
        const noise = (Math.sin(i * seed * 12.9898) + 1) / 2;
        return seed % 2 === 0 ? noise : label * (1 - noise / 9) + ((1 - label) * noise) / 9;
      });
      expect(costOf(loss, other, options)).toBeGreaterThanOrEqual(least);
    }
  });
});
