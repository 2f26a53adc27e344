import type { TensorInfo } from "@tensorflow/tfjs-core";
import { termSumsOf } from "../attributes.ts";
import { gradient } from "./activation-source.ts";
import { crossEntropyGradient, crossEntropyOfClass } from "./cross-entropy-source.ts";
import { joinedSums } from "./joined-sums.ts";
import { logs } from "./log-source.ts";
import { overlapSlopes, overlapTerms } from "./overlap-source.ts";
import { activationOf, type GpuCall, sumsOnGpu, termFloats, valuesOnGpu } from "./voxel-programs.ts";

/** The coefficients that the sums are expected to get, which help where the forward pass leaves a gradient. */
const unread = ["positive", "negative"];

/** The sums of both terms of a cross entropy, `[2, batch, classes]`, or behind those of overlap, `[6, batch, classes]`. */
export function crossEntropySumsOnGpu(call: GpuCall): TensorInfo {
  const { overlap, negatives } = termSumsOf(call);
  const source =
    logs(activationOf(call)) + crossEntropyOfClass({ positive: "1.0", negative: negatives ? "1.0" : undefined });
  const name = `cross-entropy sums ${negatives}`;
  const ofTerms = sumsOnGpu(call, 4, { name, source, kinds: 2, floats: termFloats(call), unread });
  if (overlap === "none") return ofTerms;
  const ofOverlap = sumsOnGpu(call, 4, {
    name: `overlap ${overlap}`,
    source: overlapTerms(overlap === "product"),
    unread,
  });
  return joinedSums(call, ofOverlap, ofTerms);
}

/** Their gradient: that of a map whose coefficients are the upstream gradients, and that of overlap. */
export function gradientOfCrossEntropySumsOnGpu(call: GpuCall): TensorInfo {
  const { overlap, negatives } = termSumsOf(call);
  const kind = activationOf(call);
  const first = overlap === "none" ? 0 : 4;
  const coefficients = {
    positive: `getUpstream(${first}, n, c)`,
    negative: negatives ? `getUpstream(${first + 1}, n, c)` : undefined,
  };
  const ofOverlap = overlap === "none" ? "" : overlapSlopes(overlap === "product") + gradient(kind);
  return valuesOnGpu(
    call,
    `takeLogs(n, i);
      return weight * (gradientOf(n, i, c)${overlap === "none" ? "" : " + throughActivation(n, i, c)"});`,
    {
      name: `cross-entropy sums gradient ${negatives} ${overlap}`,
      source: logs(kind) + crossEntropyGradient(kind, coefficients) + ofOverlap,
      floats: termFloats(call),
      unread,
    },
  );
}
