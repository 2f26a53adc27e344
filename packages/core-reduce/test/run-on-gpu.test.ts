import { onEachBackend, readNumbers } from "@lossary/test-kit";
import { mul, type TensorInfo, tensor3d } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { type GpuKernel, runOnGpu, runsOnGpu } from "../src/index.ts";

/** The program of the example of `runOnGpu`. */
const doubled: GpuKernel = {
  name: "Doubled",
  run: ({ gpu, inputs }) =>
    gpu.run({
      name: "doubled",
      source: "fn valueAt(n: i32, i: i32, c: i32) -> f32 { return 2.0 * getX(n, i, c); }",
      inputs: { x: inputs.x as TensorInfo },
      integers: {},
      shape: [1, 2, 1],
      width: 1,
    }),
};

onEachBackend("a program of one's own", (backend) => {
  it("runs where there is a graphics processor, and nowhere else", async () => {
    const x = tensor3d([[[1], [3]]]);
    const result = runOnGpu(doubled, () => ({ x }), {});
    expect(result !== undefined).toBe(runsOnGpu());
    expect(runsOnGpu()).toBe(backend === "webgl" || backend === "webgpu");
    expect(await readNumbers(result ?? mul(x, 2))).toEqual([2, 6]);
  });
});
