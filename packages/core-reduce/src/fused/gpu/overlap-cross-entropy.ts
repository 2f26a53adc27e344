import type { TensorInfo } from "@tensorflow/tfjs-core";
import { isProduct } from "../attributes.ts";
import { gradient } from "./activation-source.ts";
import { coefficientsOfMap } from "./cross-entropy-map.ts";
import { crossEntropyGradient, crossEntropyOfVoxel } from "./cross-entropy-source.ts";
import { logs } from "./log-source.ts";
import { overlapSlopes, overlapTerms } from "./overlap-source.ts";
import { activationOf, type GpuCall, mapOnGpu, sumsOnGpu, termFloats, valuesOnGpu } from "./voxel-programs.ts";

/** I, FP, FN and E, `[4, batch, classes]`, and the map of a cross entropy, which voxel weights do not multiply, `[batch, voxels]`. */
export function overlapCrossEntropyOnGpu(call: GpuCall): TensorInfo[] {
  const product = isProduct(call);
  const { coefficients, given } = coefficientsOfMap(call, plainFloats(call));
  const sums = sumsOnGpu(call, 4, {
    name: `overlap ${product}`,
    source: overlapTerms(product),
    unread: ["positive", "negative"],
  });
  const source = logs(activationOf(call)) + crossEntropyOfVoxel(coefficients);
  const map = mapOnGpu(call, "takeLogs(n, i); return valueOf(n, i);", {
    ...given("cross entropy of what counts"),
    source,
  });
  return [sums, map];
}

/** Their gradient. */
export function gradientOfOverlapCrossEntropyOnGpu(call: GpuCall): TensorInfo {
  const product = isProduct(call);
  const kind = activationOf(call);
  const { coefficients, given } = coefficientsOfMap(call, plainFloats(call));
  const body = `takeLogs(n, i);
      return getChosen(n, i) * gradientOf(n, i, c) + weight * throughActivation(n, i, c);`;
  return valuesOnGpu(call, body, {
    ...given(`overlap and cross entropy gradient ${product}`),
    source: logs(kind) + crossEntropyGradient(kind, coefficients) + overlapSlopes(product) + gradient(kind),
  });
}

function plainFloats(call: GpuCall) {
  return { ...termFloats(call), gamma: 0, logPower: 1 };
}
