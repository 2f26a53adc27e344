import type { TensorInfo } from "@tensorflow/tfjs-core";
import { fieldedOf, isProduct } from "../attributes.ts";
import { joinedSums } from "./joined-sums.ts";
import { overlapSlopes, overlapTerms, shortfall } from "./overlap-source.ts";
import { type GpuCall, gradientOnGpu, sumsOnGpu, unreadByWeights } from "./voxel-programs.ts";

/** I, FP, FN, E and the sum of v p f or of v (p - g)^2 f, `[5, batch, classes]`. */
export function overlapFieldSumsOnGpu(call: GpuCall): TensorInfo {
  const [product, fielded] = [isProduct(call), fieldedOf(call)];
  const ofOverlap = sumsOnGpu(call, 4, {
    name: `overlap ${product}`,
    source: overlapTerms(product),
    unread: ["field"],
  });
  const ofField =
    fielded === "probability"
      ? sumsOnGpu(call, 1, {
          name: "field of probabilities",
          source: `
    fn termsOf(n: i32, i: i32, c: i32) -> f32 { return probability(n, i, c) * getField(n, i, c); }`,
          unread: unreadByWeights(call),
        })
      : sumsOnGpu(call, 1, {
          name: "field of squared errors",
          source: `${shortfall}
    fn termsOf(n: i32, i: i32, c: i32) -> f32 {
      let missing: f32 = shortfall(probability(n, i, c), complement(n, i, c), labelOf(n, i, c));
      return missing * missing * getField(n, i, c);
    }`,
        });
  return joinedSums(call, ofOverlap, ofField);
}

/** Their gradient. */
export function gradientOfOverlapFieldSumsOnGpu(call: GpuCall): TensorInfo {
  const [product, fielded] = [isProduct(call), fieldedOf(call)];
  const factor =
    fielded === "probability" ? "1.0" : "-2.0 * shortfall(probability(n, i, c), complement(n, i, c), labelOf(n, i, c))";
  return gradientOnGpu(call, {
    name: `overlap and field gradient ${product} ${fielded}`,
    source: `${overlapSlopes(product, "slopeOfOverlap")}
    fn slopeOf(n: i32, i: i32, c: i32) -> f32 {
      return slopeOfOverlap(n, i, c) + ${factor} * getField(n, i, c) * getUpstream(4, n, c);
    }`,
  });
}
