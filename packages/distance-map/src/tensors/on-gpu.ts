import { runOnGpu } from "@lossary/core-reduce";
import { reshape, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { createGeometry } from "../array/geometry.ts";
import { createSettings, type DistanceOptions } from "../array/options.ts";
import { createSides, type SignedOptions } from "../array/sides.ts";
import { type DistanceAttributes, distanceKernel } from "../gpu/distances.ts";
import { type IgnoringOptions, type LabelOptions, layoutOf } from "./class-map.ts";

/** A map that a graphics processor can make. */
export interface GpuMap {
  readonly who: string;
  readonly map: DistanceAttributes["map"];
  readonly options: LabelOptions & IgnoringOptions & DistanceOptions & SignedOptions;
  readonly alpha?: number;
  readonly borderless?: number;
}

/** The map of every sample and class, `[batch, ...spatial, classes]`, made where the labels are; nothing where that cannot be. */
export function onGpu(
  labels: Tensor,
  { who, map, options: given, alpha = 1, borderless = 1 }: GpuMap,
): Tensor | undefined {
  const { batch, spatial, voxels, classes, indices } = layoutOf(who, labels, given);
  const { classes: _, weights, ...options } = given;
  const geometry = createGeometry(who, spatial, options.spacing);
  const settings = createSettings(who, geometry, options, ["zeroAt"]);
  createSides(who, geometry, settings, options);
  if (settings.backend !== "auto" || batch * voxels * classes === 0) return undefined;
  const isEqual = geometry.spacing.every((step) => step === geometry.scale);
  const step = map !== "signed" || options.zeroAt !== "inside" ? "none" : isEqual ? "shared" : "own";
  const attributes: DistanceAttributes = {
    map,
    step,
    squared: settings.squared,
    border: settings.border,
    spatial,
    steps: isEqual ? spatial.map(() => 1) : geometry.spacing,
    scale: geometry.scale,
    classes,
    indices,
    cap: settings.cap,
    nothing: settings.nothing,
    alpha,
    borderless,
  };
  return tidy((): Tensor | undefined => {
    const inputs = () => ({
      labels: reshape(labels, indices ? [batch, voxels] : [batch, voxels, classes]),
      weights: weights && reshape(weights, [batch, voxels]),
    });
    const made = runOnGpu(distanceKernel, inputs, attributes);
    return made && reshape(made, [batch, ...spatial, classes]);
  });
}
