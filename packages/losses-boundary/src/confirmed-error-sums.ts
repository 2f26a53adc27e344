import { ballErrorSums, type KernelInputs, type Problem, sumVoxels, weightsOf } from "@lossary/core-reduce";
import {
  add,
  dispose,
  div,
  maximum,
  mul,
  relu,
  reshape,
  square,
  step,
  sub,
  type Tensor2D,
  type Tensor3D,
  tidy,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { ballRows, ballSum } from "./ball-sum.ts";
import { folded } from "./folded.ts";
import { countedVoxels, targetOf, voxelWeights } from "./masks.ts";

/** The balls, their weights and the grid that they lie on. */
export interface Balls {
  readonly radii: readonly number[];
  readonly alpha: number;
  readonly spacing: readonly number[];
}

/** What a term is made of, ignored voxels 0: p, g, both means over the ball, and the number of voxels in it. */
interface Around {
  readonly p: Tensor3D;
  readonly g: Tensor3D;
  readonly meanP: Tensor3D;
  readonly meanG: Tensor3D;
  readonly size: Tensor3D;
}

/** The sums over voxels of v sum_r r^alpha (p - g)^2 [g missed + p invented], `[batch, classes]`, differentiable with respect to p. */
export function confirmedErrorSums(problem: Problem, p: Tensor3D, balls: Balls): Tensor2D {
  const { spatial, fused } = problem;
  const { radii, alpha, spacing } = balls;
  const at = ({ labels, weights }: KernelInputs): Problem => ({
    ...problem,
    labels: labels as Tensor3D | Tensor2D,
    weights,
    ignoreLabel: undefined,
  });
  const inputs = { predictions: p, labels: problem.labels, weights: weightsOf(problem) };
  const told = radii.map((radius) => ({ weight: radius ** alpha, rows: ballRows(radius, spacing, spatial) }));
  return ballErrorSums(
    inputs,
    { spatial, balls: told, fused },
    {
      forward: (given) => {
        const total = overRadii(given.predictions, at(given), balls, ({ p, g, meanP, meanG }) =>
          mul(square(sub(p, g)), add(mul(g, missed(meanP, meanG)), mul(p, invented(meanP, meanG)))),
        );
        return sumVoxels(mul(total, voxelWeights(at(given))));
      },
      backward: (upstream, given) => {
        const slope = overRadii(given.predictions, at(given), balls, (around, radius) =>
          slopeOfTerm(around, radius, at(given), balls),
        );
        return mul(mul(slope, countedVoxels(at(given))), reshape(upstream, [problem.batch, 1, problem.classes]));
      },
    },
  );
}

/** s(B(1 - p)) + s(B g) and s(B(1 - g)) + s(B p), with s(B(1 - p)) = max(1 - 2 B p, 0). */
function missed(meanP: Tensor3D, meanG: Tensor3D): Tensor3D {
  return add(relu(sub(1, mul(meanP, 2))), relu(sub(mul(meanG, 2), 1)));
}
function invented(meanP: Tensor3D, meanG: Tensor3D): Tensor3D {
  return missed(meanG, meanP);
}

/** dT/dp: through (p - g)^2, through the factor p, and through B p of every ball that holds the voxel. */
function slopeOfTerm({ p, g, meanP, meanG, size }: Around, radius: number, problem: Problem, balls: Balls): Tensor3D {
  const weights = voxelWeights(problem);
  const error = square(sub(p, g));
  const factor = add(mul(g, missed(meanP, meanG)), mul(p, invented(meanP, meanG)));
  const direct = add(mul(mul(sub(p, g), 2), factor), mul(error, invented(meanP, meanG)));
  const above = step(sub(meanP, 0.5));
  const below = step(sub(0.5, meanP));
  const ofMean = mul(mul(error, 2), sub(mul(p, above), mul(g, below)));
  const around = ballSum(div(mul(ofMean, weights), size), problem.spatial, balls.spacing, radius);
  return add(mul(direct, weights), around);
}

/** The sum over the radii of r^alpha times a term; the maps of one radius are gone before the next. */
function overRadii(
  x: Tensor3D,
  problem: Problem,
  { radii, alpha, spacing }: Balls,
  term: (around: Around, radius: number) => Tensor3D,
): Tensor3D {
  const counted = countedVoxels(problem);
  const p = mul(x, counted) as Tensor3D;
  const g = tidy(() => mul(targetOf(problem), counted)) as Tensor3D;
  const total = folded(zerosLike(p), radii, (sofar, radius) => {
    const sumIn = (values: Tensor3D) => ballSum(values, problem.spatial, spacing, radius);
    const size = maximum(sumIn(counted), 1) as Tensor3D;
    const around = { p, g, meanP: div(sumIn(p), size), meanG: div(sumIn(g), size), size } as Around;
    return add(sofar, mul(term(around, radius), radius ** alpha));
  });
  dispose([p, g]);
  return total;
}
