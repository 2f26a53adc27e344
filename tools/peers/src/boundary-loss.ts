import { distanceToOtherSide, positions } from "@lossary/test-kit/reference";
import { given, type Mapped, type SuiteMapping, voxelsOf } from "./mapping.ts";
import type { FixtureCase, FixtureRecord } from "./records.ts";
import { fixtureMap, fixtureRegion } from "./signed-distance.ts";

// idc chooses the classes: all of them, or all but the background; a lone class of three is a matter of weights.
function chosen(options: FixtureRecord["options"], { classes }: FixtureCase): Mapped["options"] {
  const idc = options.idc as number[];
  if (idc.length === classes) return { activation: "softmax" };
  if (idc.length !== classes - 1 || idc.includes(0))
    throw new Error(`fixtures: boundary-loss with idc [${idc.join(", ")}]`);
  return { activation: "softmax", includeBackground: false };
}

// The smallest probability of a target among the classes that take part: 1e-10 inside the logarithm moves it by 1e-10 / p.
function leastTargetProbability({ logits, onehot, classes, shape }: FixtureCase, first: number): number {
  const voxels = onehot.length / ((shape[0] as number) * classes);
  let least = 1;
  for (let k = 0; k < onehot.length; k++) {
    const c = Math.floor(k / voxels) % classes;
    if (!onehot[k] || c < first) continue;
    let sum = 0;
    for (let other = 0; other < classes; other++)
      sum += Math.exp((logits[k + (other - c) * voxels] as number) - (logits[k] as number));
    least = Math.min(least, 1 / sum);
  }
  return least;
}

// phi as the repository makes it: 1 is subtracted inside, whatever the spacing, and int32 maps lose their fractions.
function surfaceMap(fixture: FixtureCase, spacing: readonly number[] | undefined, truncate: boolean): Float64Array {
  const points = positions(fixture.shape.slice(2), spacing);
  return fixtureMap(fixture, (n, c) => {
    const region = fixtureRegion(fixture, n, c);
    const inside = new Set(region.inside);
    const phi = distanceToOtherSide(points, region)?.map((d, i) => (inside.has(i) ? 1 - d : d));
    return truncate ? phi?.map(Math.trunc) : phi;
  });
}

// Squared distances inside the masks of target and prediction (not outside); those of the prediction lost their fractions.
function hausdorffField(fixture: FixtureCase): Float64Array {
  const points = positions(fixture.shape.slice(2));
  const { logits, classes } = fixture;
  const voxels = voxelsOf(fixture);
  const largest = logits.map((x, k) => {
    const start = k - (Math.floor(k / voxels) % classes) * voxels;
    const row = Array.from({ length: classes }, (_, c) => logits[start + c * voxels] as number);
    return Number(row.indexOf(Math.max(...row)) * voxels + start === k && x === Math.max(...row));
  });
  return fixtureMap(fixture, (n, c) => {
    const within = (mask?: number[]) => {
      const region = fixtureRegion(fixture, n, c, mask);
      const distance = distanceToOtherSide(points, region);
      const inside = new Set(region.inside);
      return (i: number) => (distance && inside.has(i) ? (distance[i] as number) : 0);
    };
    const [target, predicted] = [within(), within(largest)];
    return points.map((_, i) => target(i) ** 2 + Math.trunc(predicted(i)) ** 2);
  });
}

/** Losses of the boundary-loss repository: 1e-10 in every ratio and logarithm. */
export const boundaryLossSuite: SuiteMapping = (record, fixture) => {
  const { label, options } = record;
  const shared = chosen(options, fixture);
  const first = shared.includeBackground === false ? 1 : 0;
  const voxels = fixture.onehot.length / ((fixture.shape[0] as number) * fixture.classes);
  const counts = Array.from({ length: (fixture.shape[0] as number) * fixture.classes }, (_, k) =>
    fixture.onehot.slice(k * voxels, (k + 1) * voxels).reduce((sum, g) => sum + g, 0),
  );
  if (label === "DiceLoss") return { loss: "diceLoss", options: { ...shared, smooth: 1e-10 } };
  if (label === "GeneralizedDice") {
    const taking = counts.filter((_, k) => k % fixture.classes >= first);
    if (taking.includes(0)) return { omit: "an absent class has the weight 1e20, which cancels every other class" };
    // Its weights are 1 / (G + 1e-10)^2 and its numerator carries 1e-10 twice.
    return {
      loss: "generalizedDiceLoss",
      options: { ...shared, smoothNumerator: 2e-10, smoothDenominator: 1e-10 },
      tolerance: 1e-9,
    };
  }
  if (label === "CrossEntropy" || label === "FocalLoss") {
    const least = leastTargetProbability(fixture, first);
    if (least < 1e-7) return { omit: "1e-10 inside the logarithm bounds the loss of a saturated logit" };
    return {
      loss: label === "FocalLoss" ? "focalLoss" : "crossEntropyLoss",
      options: given({ ...shared, normalize: "weights", gamma: options.gamma as number | undefined }),
      tolerance: Math.max(1e-10, 2e-10 / least),
    };
  }
  if (record.edtOfAllOnes)
    return { omit: "distances of a mask that fills the image, which the peer's library leaves undefined" };
  if (label === "HausdorffLoss") {
    return {
      loss: "hausdorffDistanceLoss",
      options: { ...shared, sided: "target", alpha: 1, distanceMap: hausdorffField(fixture) },
    };
  }
  const truncate = (options.dist as string).includes("truncated");
  const spacing = options.resolution as number[] | undefined;
  if (!truncate && !spacing) return { loss: "boundaryLoss", options: shared };
  return { loss: "boundaryLoss", options: { ...shared, distanceMap: surfaceMap(fixture, spacing, truncate) } };
};
