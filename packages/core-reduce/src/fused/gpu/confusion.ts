import type { TensorInfo } from "@tensorflow/tfjs-core";
import { type GpuCall, gradientOnGpu, sumsOnGpu, unreadWhereLinear } from "./voxel-programs.ts";

/** The soft confusion matrix, sum v g_l p_k, `[batch, classes, classes]`: one sum for each pair. */
export function confusionOnGpu(call: GpuCall): TensorInfo {
  const [batch, , classes] = (call.inputs.predictions as TensorInfo).shape as [number, number, number];
  const source = `
    fn termsOf(n: i32, i: i32, pair: i32) -> f32 {
      let row: i32 = pair / classCount();
      let g: f32 = labelOf(n, i, row);
      if (g == 0.0) { return 0.0; }
      return g * probability(n, i, pair - row * classCount());
    }`;
  const sums = sumsOnGpu(call, 1, { name: "confusion", source, columns: classes * classes });
  return { ...sums, shape: [batch, classes, classes] };
}

/** Its gradient: for the class k the sum of g_l over the upstream gradients of its column, which of a class index is one of them. */
export function gradientOfConfusionOnGpu(call: GpuCall): TensorInfo {
  const { predictions, labels } = call.inputs as { predictions: TensorInfo; labels: TensorInfo };
  const isOneOfMany = labels.shape.length === 2 && (predictions.shape[2] as number) > 1;
  const ofIndex = "return getUpstream(n, i32(getLabels(n, i)), k);";
  const ofDense = `
      var sum: f32 = 0.0;
      for (var l: i32 = 0; l < classCount(); l++) { sum += labelOf(n, i, l) * getUpstream(n, l, k); }
      return sum;`;
  const source = `
    fn slopeOf(n: i32, i: i32, k: i32) -> f32 { ${isOneOfMany ? ofIndex : ofDense} }`;
  return gradientOnGpu(call, { name: "confusion gradient", source, unread: unreadWhereLinear(call) });
}
