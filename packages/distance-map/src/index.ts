export type { Shape } from "./array/geometry.ts";
export type { BackendChoice, Border, DistanceOptions, NoBackground } from "./array/options.ts";
export type { SignedOptions } from "./array/sides.ts";
export type { BorderWeightOptions } from "./maps/border-weight-map.ts";
export type { HausdorffOptions } from "./maps/hausdorff-field.ts";
export type { MapOptions } from "./maps/penalty-map.ts";
export { type BorderWeightMapOptions, borderWeightMap, borderWeightMapAsync } from "./tensors/border-weight-map.ts";
export type { IgnoringOptions, LabelOptions } from "./tensors/class-map.ts";
export {
  type DistanceMapOptions,
  distanceMap,
  distanceMapAsync,
  type SignedDistanceMapOptions,
  signedDistanceMap,
  signedDistanceMapAsync,
} from "./tensors/distance-map.ts";
export { type HausdorffFieldOptions, hausdorffField, hausdorffFieldAsync } from "./tensors/hausdorff-field.ts";
export { type PenaltyMapOptions, penaltyMap, penaltyMapAsync } from "./tensors/penalty-map.ts";
