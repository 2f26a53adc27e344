/**
 * What one import may weigh, with its kernels and without tfjs, in kB after gzip. Every loss carries all kernels of all backends;
 * the aim for a region loss is 30, with the kernels that it runs.
 */
export const budgets: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "@lossary/losses-region": { diceLoss: 37, tverskyLoss: 37, lovaszSoftmaxLoss: 37 },
  "@lossary/losses-distribution": { crossEntropyLoss: 37, focalLoss: 37 },
  "@lossary/losses-boundary": { boundaryLoss: 55, hausdorffDistanceLoss: 55 },
  "@lossary/losses-compound": { diceCrossEntropyLoss: 39 },
  "@lossary/metrics": { diceCoefficient: 37, hausdorff95: 50 },
  "@lossary/distance-map/array": { distanceTransform: 16 },
};
