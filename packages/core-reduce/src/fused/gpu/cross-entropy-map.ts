import type { TensorInfo } from "@tensorflow/tfjs-core";
import { type Coefficients, crossEntropyGradient, crossEntropyOfVoxel } from "./cross-entropy-source.ts";
import { logs } from "./log-source.ts";
import { activationOf, type GpuCall, mapOnGpu, type Particulars, termFloats, valuesOnGpu } from "./voxel-programs.ts";

/** The voxel map of a cross entropy, `[batch, voxels]`. */
export function crossEntropyOnGpu(call: GpuCall): TensorInfo {
  const { coefficients, given } = ofMap(call);
  const source = logs(activationOf(call)) + crossEntropyOfVoxel(coefficients);
  return mapOnGpu(call, "takeLogs(n, i); return weight * valueOf(n, i);", { ...given("cross entropy"), source });
}

/** Its gradient. */
export function gradientOfCrossEntropyOnGpu(call: GpuCall): TensorInfo {
  const { coefficients, given } = ofMap(call);
  const source = logs(activationOf(call)) + crossEntropyGradient(activationOf(call), coefficients);
  const body = "takeLogs(n, i); return weight * getUpstream(n, i) * gradientOf(n, i, c);";
  return valuesOnGpu(call, body, { ...given("cross entropy gradient"), source });
}

function ofMap(call: GpuCall) {
  const { positive, negative } = call.inputs;
  const row = "min(n, uniforms.lastRow)";
  const coefficients: Coefficients = {
    positive: `getPositive(${row}, c)`,
    negative: negative && `getNegative(${row}, c)`,
  };
  const given = (name: string): Omit<Particulars, "source"> => ({
    name: `${name} ${negative !== undefined}`,
    integers: { lastRow: ((positive as TensorInfo).shape[0] as number) - 1 },
    floats: termFloats(call),
  });
  return { coefficients, given };
}
