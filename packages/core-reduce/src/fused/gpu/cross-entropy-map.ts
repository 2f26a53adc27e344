import type { TensorInfo } from "@tensorflow/tfjs-core";
import { gradient } from "./activation-source.ts";
import {
  type Coefficients,
  crossEntropyGradient,
  crossEntropyOfVoxel,
  weightsOfTerms,
} from "./cross-entropy-source.ts";
import { errorSlopesOfVoxel, errorsOfVoxel } from "./error-terms-source.ts";
import { logs } from "./log-source.ts";
import type { Program } from "./program.ts";
import {
  activationOf,
  type GpuCall,
  mapOnGpu,
  type Particulars,
  termFloats,
  unreadWhereLinear,
  valuesOnGpu,
} from "./voxel-programs.ts";

/** The voxel map of a cross entropy, `[batch, voxels]`. */
export function crossEntropyOnGpu(call: GpuCall): TensorInfo {
  const { coefficients, given } = coefficientsOfMap(call);
  const source = logs(activationOf(call)) + crossEntropyOfVoxel(coefficients);
  return mapOnGpu(call, "takeLogs(n, i); return weight * valueOf(n, i);", { ...given("cross entropy"), source });
}

/** Its gradient. */
export function gradientOfCrossEntropyOnGpu(call: GpuCall): TensorInfo {
  const { coefficients, given } = coefficientsOfMap(call);
  const source = logs(activationOf(call)) + crossEntropyGradient(activationOf(call), coefficients);
  const body = "takeLogs(n, i); return weight * getUpstream(n, i) * gradientOf(n, i, c);";
  return valuesOnGpu(call, body, { ...given("cross entropy gradient"), source });
}

/** The voxel map of a cross entropy with errors. */
export function polyCrossEntropyOnGpu(call: GpuCall): TensorInfo {
  const { coefficients, given } = coefficientsOfMap(call);
  const source = logs(activationOf(call)) + crossEntropyOfVoxel(coefficients) + errorsOfVoxel(coefficients);
  const body = "takeLogs(n, i); return weight * (valueOf(n, i) + uniforms.epsilon * errorsOf(n, i));";
  return mapOnGpu(call, body, { ...given("poly cross entropy"), floats: polyFloats(call), source });
}

/** Its gradient. */
export function gradientOfPolyCrossEntropyOnGpu(call: GpuCall): TensorInfo {
  const { coefficients, given } = coefficientsOfMap(call);
  const kind = activationOf(call);
  const ofErrors = errorSlopesOfVoxel(coefficients) + gradient(kind);
  const body = `takeLogs(n, i);
      let ofErrors: f32 = uniforms.epsilon * throughActivation(n, i, c);
      return weight * getUpstream(n, i) * (gradientOf(n, i, c) + ofErrors);`;
  return valuesOnGpu(call, body, {
    ...given("poly cross entropy gradient"),
    floats: polyFloats(call),
    source: logs(kind) + crossEntropyGradient(kind, coefficients) + ofErrors,
  });
}

/** The voxel map of errors alone. */
export function errorTermsOnGpu(call: GpuCall): TensorInfo {
  const { coefficients, given } = coefficientsOfMap(call);
  const source = weightsOfTerms(coefficients) + errorsOfVoxel(coefficients);
  const particulars = { ...given("error terms"), floats: smoothingOf(call), source };
  return mapOnGpu(call, "return weight * errorsOf(n, i);", particulars);
}

/** Its gradient. */
export function gradientOfErrorTermsOnGpu(call: GpuCall): TensorInfo {
  const { coefficients, given } = coefficientsOfMap(call);
  const source = weightsOfTerms(coefficients) + errorSlopesOfVoxel(coefficients) + gradient(activationOf(call));
  const body = "return weight * getUpstream(n, i) * throughActivation(n, i, c);";
  return valuesOnGpu(call, body, {
    ...given("error terms gradient"),
    floats: smoothingOf(call),
    source,
    unread: unreadWhereLinear(call),
  });
}

function polyFloats(call: GpuCall) {
  return { ...smoothingOf(call), gamma: 0, logPower: 1, epsilon: call.attributes.epsilon as number };
}

function smoothingOf({ attributes }: GpuCall) {
  return { keep: attributes.keep as number, spread: attributes.spread as number };
}

/** The coefficients of a map as a program reads them, and what such a program is given beside its source. */
export function coefficientsOfMap(call: GpuCall, floats: Program["floats"] = termFloats(call)) {
  const { positive, negative } = call.inputs;
  const row = "min(n, uniforms.lastRow)";
  const coefficients: Coefficients = {
    positive: `getPositive(${row}, c)`,
    negative: negative && `getNegative(${row}, c)`,
  };
  const given = (name: string): Omit<Particulars, "source"> => ({
    name: `${name} ${negative !== undefined}`,
    integers: { lastRow: ((positive as TensorInfo).shape[0] as number) - 1 },
    floats,
  });
  return { coefficients, given };
}
