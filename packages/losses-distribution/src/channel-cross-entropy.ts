import {
  type ClassWeighting,
  classCoefficients,
  crossEntropyTerms,
  denseTarget,
  hasIndices,
  type Problem,
  weightsOf,
} from "@lossary/core-reduce";
import { cast, mul, ones, reshape, sum, type Tensor, type Tensor2D, type Tensor3D } from "@tensorflow/tfjs-core";

/** The mean over independent channels of their cross entropies times a factor of each, `[batch, voxels]`. */
export function channelCrossEntropy(
  problem: Problem,
  factor: Tensor,
  options: ClassWeighting & { readonly labelSmoothing: number },
): Tensor2D {
  const { batch, voxels, classes } = problem;
  const one = ones([1, 1]) as Tensor2D;
  const { labelSmoothing } = options;
  const ofElements = crossEntropyTerms(elements(problem), { positive: one, negative: one, labelSmoothing });
  const ofChannels = mul(reshape(ofElements, [batch, voxels, classes]), factor);
  return sum(mul(ofChannels, classCoefficients(problem, options)), -1);
}

/** The same problem with every channel of a voxel as a voxel of its own, of one class. */
function elements(problem: Problem): Problem {
  const { batch, voxels, classes, predictions } = problem;
  const apart = (values: Tensor) => reshape(values, [batch, voxels * classes, 1]) as Tensor3D;
  const weights = weightsOf(problem);
  const perElement = weights && mul(reshape(weights, [batch, voxels, 1]), ones([1, 1, classes]));
  const target = denseTarget(problem);
  return {
    ...problem,
    predictions: apart(predictions),
    // an int32 target is kept as bytes, not as floats, until the backward pass
    labels: apart(hasIndices(problem) ? cast(target, "bool") : target),
    weights: perElement && (reshape(perElement, [batch, voxels * classes]) as Tensor2D),
    voxels: voxels * classes,
    classes: 1,
    ignoreLabel: undefined,
  };
}
