import type { TensorInfo } from "@tensorflow/tfjs-core";
import { besideOf } from "../attributes.ts";
import type { BesideArrays } from "../voxel-arrays.ts";
import { joinedSums } from "./joined-sums.ts";
import { logarithms } from "./logarithm-source.ts";
import { overlapSlopes, overlapTerms, shortfall } from "./overlap-source.ts";
import { type GpuCall, gradientOnGpu, sumsOnGpu } from "./voxel-programs.ts";

/** `missingOf`: g - p. */
const missing = `
    fn missingOf(n: i32, i: i32, c: i32) -> f32 {
      return shortfall(probability(n, i, c), complement(n, i, c), labelOf(n, i, c));
    }`;

/** `powerOf`: x^exponent for x >= 0. */
const power = `${logarithms}
    fn powerOf(x: f32, exponent: f32) -> f32 {
      if (exponent == 1.0) { return x; }
      if (exponent == 2.0) { return x * x; }
      if (x == 0.0) { return 0.0; }
      return exp(exponent * logarithm(x));
    }`;

/** I, FP, FN and E, and behind them what is summed beside them, `[5 or 6, batch, classes]`. */
export function overlapErrorSumsOnGpu(call: GpuCall): TensorInfo {
  const told = besideOf(call);
  const ofOverlap = sumsOnGpu(call, 4, { name: `overlap ${told.product}`, source: overlapTerms(told.product) });
  return joinedSums(call, ofOverlap, sumsBeside(call, told));
}

function sumsBeside(call: GpuCall, { product, beside, exponent }: BesideArrays): TensorInfo {
  if (beside === "trueNegatives") {
    const [q, unlabelled] = ["complement(n, i, c)", "1.0 - labelOf(n, i, c)"];
    const source = `
    fn termsOf(n: i32, i: i32, c: i32) -> f32 { return ${product ? `${q} * (${unlabelled})` : `min(${q}, ${unlabelled})`}; }`;
    return sumsOnGpu(call, 1, { name: `true negatives ${product}`, source });
  }
  if (beside === "powers") {
    const source = `${shortfall}${missing}${power}
    fn termsOf(n: i32, i: i32, c: i32) -> f32 { return powerOf(abs(missingOf(n, i, c)), uniforms.exponent); }`;
    return sumsOnGpu(call, 1, { name: "error powers", source, floats: { exponent } });
  }
  const source = `${shortfall}${missing}
    fn termsOf(n: i32, i: i32, c: i32) -> vec4<f32> {
      let missing: f32 = missingOf(n, i, c);
      let g: f32 = labelOf(n, i, c);
      return vec4<f32>(missing * missing * g, missing * missing * (1.0 - g), 0.0, 0.0);
    }`;
  return sumsOnGpu(call, 4, { name: "sides", source, kinds: 2 });
}

/** Their gradient. */
export function gradientOfOverlapErrorSumsOnGpu(call: GpuCall): TensorInfo {
  const { product, beside, exponent } = besideOf(call);
  return gradientOnGpu(call, {
    name: `overlap and errors gradient ${product} ${beside}`,
    source: `${overlapSlopes(product, "slopeOfOverlap")}${missing}${beside === "powers" ? power : ""}
    fn slopeOf(n: i32, i: i32, c: i32) -> f32 {
      let g: f32 = labelOf(n, i, c);
      let missing: f32 = missingOf(n, i, c);
      ${slopes(product)[beside]}
    }`,
    floats: beside === "powers" ? { exponent } : {},
  });
}

/** Of true negatives 1 - g at p = g, and of errors the sign of p - g, with 1 - 2g at p = g: the limits that a hard target has. */
const slopes = (product: boolean) => ({
  trueNegatives: `let inside: f32 = ${product ? "1.0 - g" : "select(select(1.0, 0.0, missing > 0.0), 1.0 - g, missing == 0.0)"};
      return slopeOfOverlap(n, i, c) - inside * getUpstream(4, n, c);`,
  sides: `let share: f32 = g * getUpstream(4, n, c) + (1.0 - g) * getUpstream(5, n, c);
      return slopeOfOverlap(n, i, c) - 2.0 * missing * share;`,
  powers: `var side: f32 = select(select(1.0, -1.0, missing > 0.0), 1.0 - 2.0 * g, missing == 0.0);
      if (uniforms.exponent != 1.0) { side *= uniforms.exponent * powerOf(abs(missing), uniforms.exponent - 1.0); }
      return slopeOfOverlap(n, i, c) + side * getUpstream(4, n, c);`,
});
