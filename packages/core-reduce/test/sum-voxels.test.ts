import { sumMap, sumVoxels } from "@lossary/core-reduce";
import { effortOn, onEachBackend, readNumbers } from "@lossary/test-kit";
import {
  cast,
  fill,
  grad,
  mul,
  sum,
  type Tensor,
  type Tensor3D,
  tensor2d,
  tensor3d,
  tidy,
} from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseArrays } from "../src/fused/array-choice.ts";

onEachBackend("sumVoxels", (backend) => {
  const hasLoops = backend !== "webgl" && backend !== "webgpu";
  describe.each(["fused", ...(hasLoops ? ["loops"] : []), "portable"])("%s", (kernels) => {
    beforeAll(() => chooseArrays({ loopsAlone: kernels === "loops" }));
    afterAll(() => chooseArrays());
    facts(kernels !== "portable", effortOn(backend).thorough);
  });
});

function facts(fused: boolean, thorough: boolean): void {
  // an emulated graphics processor has not that much memory
  const power = thorough ? 24 : 18;
  it(`adds 2^${power} voxels of 0.1 to a tenth of that within 1e-5`, async () => {
    const total = (await readNumbers(tidy(() => sumMap(fill([1, 2 ** power], 0.1), fused))))[0] as number;
    expect(total).toBeClose(2 ** power * Math.fround(0.1), { relative: 1e-5 });
  });

  it("sums each sample and channel alone, whatever the number of voxels", async () => {
    for (const voxels of [1, 31, 32, 33, 1024, 1025, 4099]) {
      const values = Array.from({ length: 2 * voxels * 3 }, (_, i) => ((i * 37) % 11) - 5);
      const expected = [0, 1, 2, 3, 4, 5].map((slot) => {
        const [sample, channel] = [Math.floor(slot / 3), slot % 3];
        return values
          .filter((_, i) => Math.floor(i / (3 * voxels)) === sample && i % 3 === channel)
          .reduce((a, b) => a + b, 0);
      });
      expect(await readNumbers(tidy(() => sumVoxels(tensor3d(values, [2, voxels, 3]), fused)))).toEqual(expected);
    }
  });

  it("sums integers that were cast: 1 + 3 and 2 + 4", async () => {
    const integers = tensor3d([1, 2, 3, 4], [1, 2, 2], "int32");
    expect(await readNumbers(tidy(() => sumVoxels(cast(integers, "float32"), fused)))).toEqual([4, 6]);
  });

  it("hands each voxel the gradient of its sum", async () => {
    const x = tensor3d([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [2, 3, 2]);
    const upstream = [
      [2, -3],
      [5, 7],
    ];
    const slope = grad((v: Tensor) => sum(mul(sumVoxels(v as Tensor3D, fused), tensor2d(upstream))))(x);
    expect(await readNumbers(slope)).toEqual([2, -3, 2, -3, 2, -3, 5, 7, 5, 7, 5, 7]);
  });
}
