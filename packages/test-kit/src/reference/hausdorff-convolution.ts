import { reduceClasses } from "./class-mean.ts";
import { constant } from "./constant.ts";
import { distanceBetween, positions } from "./distance.ts";
import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { overlap } from "./overlap.ts";
import { prepare } from "./prepare.ts";
import { validVoxels } from "./signed-distance.ts";
import { voxelMean } from "./voxel-mean.ts";

const RADII = [3, 6, 9, 12, 15, 18];

/**
 * Hausdorff loss by convolution in float64, Karimi's third form: sum_r r^a times
 * (p-g)^2 g [s(B*(1-p)) + s(B*g)] + (p-g)^2 p [s(B*(1-g)) + s(B*p)], B the mean over the valid voxels of a ball of radius r,
 * s(x) = max(2x - 1, 0).
 */
export function hausdorffConvolutionLoss(input: ReferenceInput): ReferenceResult {
  const prepared = prepare(input);
  const { p, g, classes, voxels, spatial, options } = prepared;
  const { radii = RADII, alpha = 2, spacing } = options;
  const points = positions(spatial, spacing);
  return reduceClasses(prepared, overlap(prepared), (_, sample, c) => {
    const valid = validVoxels(prepared, sample);
    const at = (i: number) => (sample * voxels + i) * classes + c;
    const ballsOf = () =>
      radii.map((radius) =>
        points.map((point) =>
          points.flatMap((other, j) => (valid[j] && distanceBetween(point, other) <= radius * (1 + 1e-12) ? [j] : [])),
        ),
      );
    const balls = constant(input, `B ${sample}`, "labels", ballsOf);
    const soft = (ball: number[], value: (element: number) => number) =>
      Math.max((2 * ball.reduce((sum, j) => sum + value(at(j)), 0)) / ball.length - 1, 0);
    const [predicted, labelled] = [(k: number) => p[k] as number, (k: number) => g[k] as number];
    return voxelMean(prepared, sample, c, (k) => {
      const voxel = Math.floor(k / classes) % voxels;
      const error = (predicted(k) - labelled(k)) ** 2;
      let sum = 0;
      radii.forEach((radius, r) => {
        const ball = balls[r]?.[voxel] as number[];
        const missed = soft(ball, (j) => 1 - predicted(j)) + soft(ball, labelled);
        const invented = soft(ball, (j) => 1 - labelled(j)) + soft(ball, predicted);
        sum += radius ** (alpha as number) * error * (labelled(k) * missed + predicted(k) * invented);
      });
      return sum;
    });
  });
}
