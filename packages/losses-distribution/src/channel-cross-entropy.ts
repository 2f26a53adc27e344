import {
  type ClassWeighting,
  type CrossEntropyTerms,
  classCoefficients,
  costsOfSamples,
  crossEntropyTerms,
  denseTarget,
  hasIndices,
  type Problem,
  reduceSamples,
  restoreSpatial,
  type SettledDistribution,
  voxelNormalizer,
  weightsOf,
} from "@lossary/core-reduce";
import { cast, mul, ones, reshape, sum, type Tensor, type Tensor2D, type Tensor3D, tidy } from "@tensorflow/tfjs-core";

/**
 * The loss of independent channels whose cross entropies are multiplied by a factor each: a voxel's is the mean over its channels.
 *
 * @param factor - `[batch, voxels, classes]`, constant
 */
export function channelCrossEntropy(
  problem: Problem,
  factor: Tensor3D,
  options: ClassWeighting & Pick<SettledDistribution, "labelSmoothing" | "reduction">,
): Tensor {
  const { batch, voxels, classes } = problem;
  const one = ones([1, 1]) as Tensor2D;
  const terms: CrossEntropyTerms = { positive: one, negative: one, labelSmoothing: options.labelSmoothing };
  const costs = elements(problem, mul(factor, classCoefficients(problem, options)) as Tensor3D);
  if (options.reduction !== "none") {
    return reduceSamples(costsOfSamples(costs, terms), options, () => voxelNormalizer(problem, options));
  }
  const ofChannels = reshape(crossEntropyTerms(costs, terms), [batch, voxels, classes]);
  return restoreSpatial(sum(ofChannels, -1), problem);
}

/** The same problem with every channel of a voxel as a voxel of its own, of one class, which weighs what its voxel does times its factor. */
function elements(problem: Problem, factor: Tensor3D): Problem {
  const { batch, voxels, classes, predictions } = problem;
  const apart = (values: Tensor) => reshape(values, [batch, voxels * classes, 1]) as Tensor3D;
  const weights = weightsOf(problem);
  const perElement = weights ? mul(factor, reshape(weights, [batch, voxels, 1])) : factor;
  return {
    ...problem,
    predictions: apart(predictions),
    // an int32 target is kept as bytes, not as floats, until the backward pass
    labels: apart(hasIndices(problem) ? tidy(() => cast(denseTarget(problem), "bool")) : problem.labels),
    weights: reshape(perElement, [batch, voxels * classes]) as Tensor2D,
    voxels: voxels * classes,
    classes: 1,
    ignoreLabel: undefined,
  };
}
