import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { GpuCall } from "./voxel-programs.ts";

/** The sums of overlap, `[4, batch, classes]`, and behind them others, `[kinds, batch, classes]`, as one result; both are disposed. */
export function joinedSums({ gpu }: GpuCall, overlap: TensorInfo, others: TensorInfo): TensorInfo {
  const [kinds, batch, classes] = others.shape as [number, number, number];
  const source = `
    fn valueAt(kind: i32, n: i32, c: i32) -> f32 {
      if (kind < 4) { return getOverlap(kind, n, c); }
      return getOthers(kind - 4, n, c);
    }`;
  const joined = gpu.run({
    name: "joined sums",
    source,
    shape: [4 + kinds, batch, classes],
    width: 1,
    inputs: { overlap, others },
    integers: {},
  });
  for (const part of [overlap, others]) gpu.dispose(part);
  return joined;
}
