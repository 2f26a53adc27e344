export { type ActiveBoundaryLossOptions, activeBoundaryLoss } from "./active-boundary.ts";
export { type BoundaryLossOptions, boundaryLoss, boundaryTerm } from "./boundary.ts";
export { type BoundaryDoULossOptions, boundaryDoULoss } from "./boundary-do-u.ts";
export type { DistanceLossOptions } from "./class-field.ts";
export {
  type ContourDistanceMapOptions,
  contourDistanceMap,
  contourDistanceMapAsync,
} from "./contour-distance-map.ts";
export type { FieldTerm } from "./field-term.ts";
export { type HausdorffConvolutionLossOptions, hausdorffConvolutionLoss } from "./hausdorff-convolution.ts";
export { hausdorffDistanceLoss, hausdorffDistanceTerm } from "./hausdorff-distance.ts";
export { type HausdorffErosionLossOptions, hausdorffErosionLoss } from "./hausdorff-erosion.ts";
export type { HausdorffDistanceLossOptions } from "./hausdorff-means.ts";
export { type LogHausdorffDistanceLossOptions, logHausdorffDistanceLoss } from "./log-hausdorff-distance.ts";
export { type RampOptions, rampBoundary } from "./ramp-boundary.ts";
export { rebalance } from "./rebalance.ts";
export { type ShapeAwareLossOptions, shapeAwareLoss } from "./shape-aware.ts";
export {
  type SignedDistanceRegressionLossOptions,
  signedDistanceRegressionLoss,
} from "./signed-distance-regression.ts";
