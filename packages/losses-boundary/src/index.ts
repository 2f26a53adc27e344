export { type BoundaryLossOptions, boundaryLoss } from "./boundary.ts";
export type { DistanceLossOptions } from "./class-field.ts";
export { hausdorffDistanceLoss } from "./hausdorff-distance.ts";
export type { HausdorffDistanceLossOptions } from "./hausdorff-means.ts";
export { type LogHausdorffDistanceLossOptions, logHausdorffDistanceLoss } from "./log-hausdorff-distance.ts";
