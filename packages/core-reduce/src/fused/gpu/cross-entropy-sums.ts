import type { TensorInfo } from "@tensorflow/tfjs-core";
import { termSumsOf } from "../attributes.ts";
import { gradient } from "./activation-source.ts";
import { crossEntropyGradient, crossEntropyOfClass } from "./cross-entropy-source.ts";
import { errorSlopesOfVoxel } from "./error-terms-source.ts";
import { joinedSums } from "./joined-sums.ts";
import { logs } from "./log-source.ts";
import { overlapSlopes, overlapTerms } from "./overlap-source.ts";
import { activationOf, type GpuCall, sumsOnGpu, termFloats, valuesOnGpu } from "./voxel-programs.ts";

/** The coefficients that the sums are expected to get, which help where the forward pass leaves a gradient. */
const unread = ["positive", "negative"];

/** The sums of both terms of a cross entropy, `[2, batch, classes]`, or behind those of overlap, `[6, batch, classes]`. */
export function crossEntropySumsOnGpu(call: GpuCall): TensorInfo {
  const { overlap, negatives, errors } = termSumsOf(call);
  const coefficients = { positive: "1.0", negative: negatives ? "1.0" : undefined };
  const source = logs(activationOf(call)) + crossEntropyOfClass(coefficients, errors !== 0);
  const name = `cross-entropy sums ${negatives} ${errors !== 0}`;
  const ofTerms = sumsOnGpu(call, 4, { name, source, kinds: 2, floats: floatsOf(call), unread });
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
  const { overlap, negatives, errors } = termSumsOf(call);
  const kind = activationOf(call);
  const first = overlap === "none" ? 0 : 4;
  const coefficients = {
    positive: `getUpstream(${first}, n, c)`,
    negative: negatives ? `getUpstream(${first + 1}, n, c)` : undefined,
  };
  const [hasOverlap, hasErrors] = [overlap !== "none", errors !== 0];
  const slopes = [
    ...(hasOverlap ? [overlapSlopes(overlap === "product", "slopeOfOverlap")] : []),
    ...(hasErrors ? [errorSlopesOfVoxel(coefficients, "slopeOfErrors")] : []),
    `
    fn slopeOf(n: i32, i: i32, c: i32) -> f32 {
      return ${hasOverlap ? "slopeOfOverlap(n, i, c)" : "0.0"}${hasErrors ? " + uniforms.epsilon * slopeOfErrors(n, i, c)" : ""};
    }`,
    gradient(kind),
  ];
  const isAlone = !hasOverlap && !hasErrors;
  return valuesOnGpu(
    call,
    `takeLogs(n, i);
      return weight * (gradientOf(n, i, c)${isAlone ? "" : " + throughActivation(n, i, c)"});`,
    {
      name: `cross-entropy sums gradient ${negatives} ${overlap} ${hasErrors}`,
      source: logs(kind) + crossEntropyGradient(kind, coefficients) + (isAlone ? "" : slopes.join("")),
      floats: floatsOf(call),
      unread,
    },
  );
}

/** A program that knows no errors has no number for them: a device refuses what is not read. */
function floatsOf(call: GpuCall) {
  const { errors } = termSumsOf(call);
  return errors === 0 ? termFloats(call) : { ...termFloats(call), epsilon: errors };
}
