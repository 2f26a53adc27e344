/**
 * What one import may weigh, with its kernels on every backend and without tfjs, in kB after gzip. A region loss has to stay below 30. A compound
 * carries the kernels of its terms and the joint one, a loss of distances the transforms.
 */
export const budgets: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "@lossary/losses-region": {
    diceLoss: 21.5,
    iouLoss: 21,
    tverskyLoss: 21,
    focalTverskyLoss: 21.5,
    generalizedDiceLoss: 21,
    logCoshDiceLoss: 21.5,
    generalizedWassersteinDiceLoss: 21,
    noiseRobustDiceLoss: 23,
    matthewsCorrelationLoss: 23,
    sensitivitySpecificityLoss: 22.5,
    lovaszSoftmaxLoss: 27.5,
    lovaszHingeLoss: 27.5,
    clDiceLoss: 30.5,
  },
  "@lossary/losses-distribution": { crossEntropyLoss: 33.5, focalLoss: 34, polyCrossEntropyLoss: 34, topKLoss: 37.5 },
  "@lossary/losses-boundary": { boundaryLoss: 41.5, hausdorffDistanceLoss: 41.5 },
  "@lossary/losses-compound": {
    diceCrossEntropyLoss: 42,
    diceTopKLoss: 47.5,
    diceBoundaryLoss: 46,
    diceHausdorffLoss: 51.5,
    weightedSum: 2.5,
  },
  "@lossary/metrics": { diceCoefficient: 21.5, hausdorff95: 27 },
  "@lossary/distance-map/array": { distanceTransform: 17.5 },
};
