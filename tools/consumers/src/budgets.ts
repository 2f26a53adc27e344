/**
 * What one import may weigh, with its kernels on every backend and without tfjs, in kB after gzip. A region loss has to stay below 30. A compound
 * carries the kernels of its terms and the joint one, a loss of distances the transforms.
 */
export const budgets: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "@lossary/losses-region": {
    diceLoss: 21,
    iouLoss: 21,
    tverskyLoss: 21,
    focalTverskyLoss: 21,
    generalizedDiceLoss: 21,
    logCoshDiceLoss: 21,
    generalizedWassersteinDiceLoss: 20,
    noiseRobustDiceLoss: 27,
    matthewsCorrelationLoss: 27,
    sensitivitySpecificityLoss: 26,
    lovaszSoftmaxLoss: 28,
    lovaszHingeLoss: 28,
    clDiceLoss: 28,
  },
  "@lossary/losses-distribution": { crossEntropyLoss: 31, focalLoss: 31, polyCrossEntropyLoss: 29, topKLoss: 35 },
  "@lossary/losses-boundary": { boundaryLoss: 42, hausdorffDistanceLoss: 42 },
  "@lossary/losses-compound": { diceCrossEntropyLoss: 40 },
  "@lossary/metrics": { diceCoefficient: 21, hausdorff95: 27 },
  "@lossary/distance-map/array": { distanceTransform: 17.5 },
};
