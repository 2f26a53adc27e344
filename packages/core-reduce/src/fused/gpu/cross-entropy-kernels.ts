import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Activation } from "../../loss.ts";
import { gradient } from "./activation-source.ts";
import {
  type Coefficients,
  crossEntropyGradient,
  crossEntropyOfClass,
  crossEntropyOfVoxel,
} from "./cross-entropy-source.ts";
import { logs } from "./log-source.ts";
import { overlapSlopes, overlapTerms } from "./overlap-source.ts";
import { type GpuCall, mapOf, type Particulars, sumsOf, valuesOf } from "./voxel-programs.ts";

/** The voxel map of a cross entropy, `[batch, voxels]`. */
export function crossEntropy(call: GpuCall): TensorInfo {
  const { coefficients, given } = ofMap(call);
  const source = logs(kindOf(call)) + crossEntropyOfVoxel(coefficients);
  return mapOf(call, "takeLogs(n, i); return weight * valueOf(n, i);", { ...given("cross entropy"), source });
}

/** Its gradient. */
export function gradientOfCrossEntropy(call: GpuCall): TensorInfo {
  const { coefficients, given } = ofMap(call);
  const source = logs(kindOf(call)) + crossEntropyGradient(kindOf(call), coefficients);
  const body = "takeLogs(n, i); return weight * getUpstream(n, i) * gradientOf(n, i, c);";
  return valuesOf(call, body, { ...given("cross entropy gradient"), source });
}

/** The sums of both terms of a cross entropy, `[2, batch, classes]`, or behind those of overlap, `[6, batch, classes]`. */
export function crossEntropySums(call: GpuCall): TensorInfo {
  const { overlap, negatives } = call.attributes as { overlap: string; negatives: boolean };
  const source = logs(kindOf(call)) + crossEntropyOfClass({ positive: "1.0", negative: negatives ? "1.0" : undefined });
  const name = `cross-entropy sums ${negatives}`;
  const ofTerms = sumsOf(call, 4, { name, source, kinds: 2, floats: termFloats(call) });
  if (overlap === "none") return ofTerms;
  const ofOverlap = sumsOf(call, 4, { name: `overlap ${overlap}`, source: overlapTerms(overlap === "product") });
  const joined = joinedSums(call, ofOverlap, ofTerms);
  for (const part of [ofOverlap, ofTerms]) call.gpu.dispose(part);
  return joined;
}

/** Their gradient: that of a map whose coefficients are the upstream gradients, and that of overlap. */
export function gradientOfCrossEntropySums(call: GpuCall): TensorInfo {
  const { overlap, negatives } = call.attributes as { overlap: string; negatives: boolean };
  const kind = kindOf(call);
  const first = overlap === "none" ? 0 : 4;
  const coefficients = {
    positive: `getUpstream(${first}, n, c)`,
    negative: negatives ? `getUpstream(${first + 1}, n, c)` : undefined,
  };
  const ofOverlap = overlap === "none" ? "" : overlapSlopes(overlap === "product") + gradient(kind);
  return valuesOf(
    call,
    `takeLogs(n, i);
      return weight * (gradientOf(n, i, c)${overlap === "none" ? "" : " + throughActivation(n, i, c)"});`,
    {
      name: `cross-entropy sums gradient ${negatives} ${overlap}`,
      source: logs(kind) + crossEntropyGradient(kind, coefficients) + ofOverlap,
      floats: termFloats(call),
    },
  );
}

function joinedSums({ gpu }: GpuCall, overlap: TensorInfo, terms: TensorInfo): TensorInfo {
  const [, batch, classes] = terms.shape as [number, number, number];
  const source = `
    fn valueAt(kind: i32, n: i32, c: i32) -> f32 {
      if (kind < 4) { return getOverlap(kind, n, c); }
      return getTerms(kind - 4, n, c);
    }`;
  return gpu.run({
    name: "joined sums",
    source,
    shape: [6, batch, classes],
    width: 1,
    inputs: { overlap, terms },
    integers: {},
  });
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

function termFloats({ attributes }: GpuCall): { gamma: number; keep: number; spread: number } {
  const { gamma, keep, spread } = attributes as { gamma: number; keep: number; spread: number };
  return { gamma, keep, spread };
}

function kindOf({ attributes }: GpuCall): Activation {
  return attributes.activation as Activation;
}
