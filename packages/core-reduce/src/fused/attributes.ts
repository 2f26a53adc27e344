import type { NamedAttrMap } from "@tensorflow/tfjs-core";
import type { ArrayCall } from "./fused-kernel.ts";
import type { BesideArrays, Fielded, Numbers, TermArrays, TermSums, VoxelArrays } from "./voxel-arrays.ts";
import type { Windows } from "./window.ts";

/** What a kernel was told. */
interface Told {
  readonly attributes: NamedAttrMap;
}

/** The field and the neighbours of its windows. */
export function windowsOf({ batch, classes }: VoxelArrays, { attributes }: Told): Windows {
  return { batch, classes, spatial: attributes.spatial as number[], axes: attributes.axes as number[] };
}

/** Whether p g takes the place of min(p, g). */
export function isProduct({ attributes }: Told): boolean {
  return attributes.product as boolean;
}

/** What the field multiplies. */
export function fieldedOf({ attributes }: Told): Fielded {
  return attributes.fielded as Fielded;
}

/** How overlap and what is beside it are summed. */
export function besideOf({ attributes }: Told): BesideArrays {
  const { product, beside, exponent } = attributes as unknown as BesideArrays;
  return { product, beside, exponent };
}

/** f, where it is a tensor of its own. */
export function fieldOf({ has, floats }: ArrayCall): Float32Array | undefined {
  return has("field") ? asFloats(floats("field")) : undefined;
}

/** The terms of a focal cross entropy. */
export function focalTerms(call: ArrayCall): TermArrays {
  return { ...coefficientsOf(call), gamma: call.attributes.gamma as number, power: 1, logs: true, errors: 0 };
}

/** Those of a plain cross entropy. */
export function plainTerms(call: ArrayCall): TermArrays {
  return { ...coefficientsOf(call), gamma: 0, power: 1, logs: true, errors: 0 };
}

/** Those of a cross entropy with errors. */
export function polyTerms(call: ArrayCall): TermArrays {
  return { ...coefficientsOf(call), gamma: 0, power: 1, logs: true, errors: call.attributes.epsilon as number };
}

/** Those of errors alone. */
export function errorTerms(call: ArrayCall): TermArrays {
  return { ...coefficientsOf(call), gamma: 0, power: 1, logs: false, errors: 1 };
}

function coefficientsOf({ attributes, has, floats }: ArrayCall) {
  return {
    positive: floats("positive"),
    negative: has("negative") ? floats("negative") : undefined,
    keep: attributes.keep as number,
    spread: attributes.spread as number,
  };
}

/** Whether errors are those of scores. */
export function isHinge({ attributes }: Told): boolean {
  return attributes.hinge as boolean;
}

/** The terms of which sums are asked for. */
export function termSumsOf({ attributes }: Told): TermSums {
  const { gamma, power = 1, keep, spread, negatives, errors = 0, overlap } = attributes as unknown as TermSums;
  return { gamma, power, keep, spread, negatives, errors, overlap };
}

/** The coefficients that sums are expected to get, each `[1 or batch, classes]`. */
export interface Expected {
  readonly positive: Float32Array;
  readonly negative?: Float32Array | undefined;
}

export function expectedOf({ has, floats }: ArrayCall): Expected | undefined {
  return has("positive")
    ? { positive: floats("positive"), negative: has("negative") ? floats("negative") : undefined }
    : undefined;
}

/** On cpu a tensor that was cast to float32 may still be an array of integers or bytes. */
export function asFloats(values: Numbers): Float32Array {
  return values instanceof Float32Array ? values : new Float32Array(values);
}
