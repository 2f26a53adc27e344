/**
 * What one import may weigh, with its kernels on every backend and without tfjs, in kB after gzip. A region loss has to stay below 30, one of skeletons a little above. A compound
 * carries the kernels of its terms and the joint one, a loss of distances the transforms.
 */
export const budgets: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "@lossary/losses-region": {
    diceLoss: 24,
    iouLoss: 24,
    tverskyLoss: 24,
    focalTverskyLoss: 24,
    generalizedDiceLoss: 24,
    logCoshDiceLoss: 24,
    generalizedWassersteinDiceLoss: 21,
    noiseRobustDiceLoss: 26,
    matthewsCorrelationLoss: 26,
    sensitivitySpecificityLoss: 25.5,
    lovaszSoftmaxLoss: 28.5,
    lovaszHingeLoss: 28.5,
    clDiceLoss: 32,
  },
  "@lossary/losses-distribution": { crossEntropyLoss: 34, focalLoss: 34, polyCrossEntropyLoss: 34.5, topKLoss: 37.5 },
  "@lossary/losses-boundary": { boundaryLoss: 44.5, hausdorffDistanceLoss: 42 },
  "@lossary/losses-compound": {
    diceCrossEntropyLoss: 45,
    diceTopKLoss: 48,
    diceBoundaryLoss: 49,
    diceHausdorffLoss: 53,
    weightedSum: 2.5,
  },
  "@lossary/metrics": { diceCoefficient: 24, hausdorff95: 27 },
  "@lossary/distance-map/array": { distanceTransform: 17.5 },
};
