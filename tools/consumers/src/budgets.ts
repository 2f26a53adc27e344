/**
 * What one import may weigh, with its kernels on every backend and without tfjs, in kB after gzip. A region loss has to stay below 30. A compound
 * carries the kernels of its terms and the joint one, a loss of distances the transforms.
 */
export const budgets: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "@lossary/losses-region": {
    diceLoss: 22.5,
    iouLoss: 22.5,
    tverskyLoss: 22.5,
    focalTverskyLoss: 22.5,
    generalizedDiceLoss: 22.5,
    logCoshDiceLoss: 22.5,
    generalizedWassersteinDiceLoss: 21,
    noiseRobustDiceLoss: 29,
    matthewsCorrelationLoss: 29,
    sensitivitySpecificityLoss: 28.5,
    lovaszSoftmaxLoss: 30,
    lovaszHingeLoss: 30,
    clDiceLoss: 30,
  },
  "@lossary/losses-distribution": { crossEntropyLoss: 32.5, focalLoss: 32.5, polyCrossEntropyLoss: 29, topKLoss: 36.5 },
  "@lossary/losses-boundary": { boundaryLoss: 43, hausdorffDistanceLoss: 43 },
  "@lossary/losses-compound": { diceCrossEntropyLoss: 42 },
  "@lossary/metrics": { diceCoefficient: 22.5, hausdorff95: 27 },
  "@lossary/distance-map/array": { distanceTransform: 17.5 },
};
