export { averageSurfaceDistance, averageSurfaceDistanceAsync } from "./average-surface-distance.ts";
export { diceCoefficient } from "./dice-coefficient.ts";
export { type Hausdorff95Options, hausdorff95, hausdorff95Async } from "./hausdorff-95.ts";
export { meanIoU } from "./mean-io-u.ts";
export type { MetricOptions, OverlapMetricOptions, SurfaceMetricOptions } from "./options.ts";
export { type SurfaceDistances, type SurfaceOptions, surfaceDistances } from "./surface-distances.ts";
