import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Activation } from "../../loss.ts";
import type { FieldChoice } from "../fused-kernels.ts";
import { gradient } from "./activation-source.ts";
import {
  crossEntropy,
  crossEntropySums,
  gradientOfCrossEntropy,
  gradientOfCrossEntropySums,
} from "./cross-entropy-kernels.ts";
import {
  errorPowerSlopes,
  errorPowerTerms,
  errorSlopes,
  errors,
  trueNegativeSlopes,
  trueNegativeTerms,
} from "./error-source.ts";
import { overlapSlopes, overlapTerms } from "./overlap-source.ts";
import { squaredErrorSlopes, squaredErrorTerms } from "./squared-error-source.ts";
import { type GpuCall, gradientOfSums, mapOf, sumsOf, valuesOf } from "./voxel-programs.ts";

/** Every fused kernel of graphics processors by the name under which tfjs knows it. */
export const gpuKernels: Readonly<Record<string, (call: GpuCall) => TensorInfo>> = {
  LossaryOverlapSums: (call) => {
    const product = isProduct(call);
    return sumsOf(call, 4, { name: `overlap ${product}`, source: overlapTerms(product) });
  },
  LossaryOverlapSumsGradient: (call) => {
    const product = isProduct(call);
    return gradientOfSums(call, { name: `overlap gradient ${product}`, source: overlapSlopes(product) });
  },
  LossaryCrossEntropy: crossEntropy,
  LossaryCrossEntropyGradient: gradientOfCrossEntropy,
  LossaryCrossEntropySums: crossEntropySums,
  LossaryCrossEntropySumsGradient: gradientOfCrossEntropySums,
  LossarySquaredErrorSums: (call) => {
    const over = overOf(call);
    return matrix(sumsOf(call, 1, { name: `squared errors ${over}`, source: squaredErrorTerms(over) }));
  },
  LossarySquaredErrorSumsGradient: (call) => {
    const over = overOf(call);
    return gradientOfSums(call, { name: `squared errors gradient ${over}`, source: squaredErrorSlopes(over) });
  },
  LossaryErrors: (call) => {
    const hinge = isHinge(call);
    return valuesOf(call, "return errorOf(n, i, c);", { name: `errors ${hinge}`, source: errors(hinge) });
  },
  LossaryErrorsGradient: (call) => {
    const hinge = isHinge(call);
    // a score goes through no activation
    const kind = hinge ? "none" : (call.attributes.activation as Activation);
    const source = errorSlopes(hinge) + gradient(kind);
    return valuesOf(call, "return throughActivation(n, i, c);", { name: `errors gradient ${hinge}`, source });
  },
  LossaryErrorPowerSums: (call) => {
    return matrix(sumsOf(call, 1, { name: "error powers", source: errorPowerTerms, floats: exponentOf(call) }));
  },
  LossaryErrorPowerSumsGradient: (call) => {
    return gradientOfSums(call, { name: "error powers gradient", source: errorPowerSlopes, floats: exponentOf(call) });
  },
  LossaryTrueNegatives: (call) => {
    const product = isProduct(call);
    return matrix(sumsOf(call, 1, { name: `true negatives ${product}`, source: trueNegativeTerms(product) }));
  },
  LossaryTrueNegativesGradient: (call) => {
    const product = isProduct(call);
    return gradientOfSums(call, { name: `true negatives gradient ${product}`, source: trueNegativeSlopes(product) });
  },
  LossaryProbabilities: (call) => {
    const unread = ["labels", "weights"];
    return valuesOf(call, "return probability(n, i, c);", { name: "probabilities", source: "", unread });
  },
  LossaryProbabilitiesGradient: (call) => {
    const source = "fn slopeOf(n: i32, i: i32, c: i32) -> f32 { return getUpstream(n, i, c); }";
    return gradientOfSums(call, { name: "probabilities gradient", source, unread: ["labels", "weights"] });
  },
  LossarySumVoxels: (call) => {
    const source = "fn termsOf(n: i32, i: i32, c: i32) -> f32 { return getPredictions(n, i, c); }";
    return matrix(sumsOf(call, 1, { name: "voxels", source }));
  },
  LossarySumVoxelsGradient: ({ inputs, gpu }) => {
    const { predictions, upstream } = inputs as { predictions: TensorInfo; upstream: TensorInfo };
    const source = "fn valueAt(n: i32, i: i32, c: i32) -> f32 { return getUpstream(n, c); }";
    const shape = predictions.shape as [number, number, number];
    return gpu.run({ name: "voxels gradient", source, shape, width: 1, inputs: { upstream }, integers: {} });
  },
  LossaryValidVoxels: (call) => {
    const source = "fn termsOf(n: i32, i: i32, c: i32) -> f32 { return 1.0; }";
    return matrix(sumsOf(call, 1, { name: "valid", source, columns: 1, unread: unreadByWeights(call) }));
  },
  LossaryLabelledSums: (call) => {
    const source = "fn termsOf(n: i32, i: i32, c: i32) -> f32 { return labelOf(n, i, c); }";
    return matrix(sumsOf(call, 1, { name: "labelled", source }));
  },
  LossaryVoxelWeights: (call) => {
    return mapOf(call, "return weight;", { name: "weights", source: "", unread: unreadByWeights(call) });
  },
};

/** Dense labels say nothing of weights. */
function unreadByWeights({ inputs: { labels } }: GpuCall): string[] {
  return labels?.shape.length === 3 ? ["labels"] : [];
}

/** `[1, rows, columns]` as `[rows, columns]`. */
function matrix(sums: TensorInfo): TensorInfo {
  return { ...sums, shape: sums.shape.slice(1) };
}

function isProduct({ attributes }: GpuCall): boolean {
  return attributes.product as boolean;
}

function isHinge({ attributes }: GpuCall): boolean {
  return attributes.hinge as boolean;
}

function exponentOf({ attributes }: GpuCall): { exponent: number } {
  return { exponent: attributes.exponent as number };
}

function overOf({ attributes }: GpuCall): FieldChoice {
  return attributes.over as FieldChoice;
}
