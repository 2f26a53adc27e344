import { backends, onEachBackend, readNumbers } from "@lossary/test-kit";
import { backend, engine, type KernelBackend, tensor3d, tidy } from "@tensorflow/tfjs-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Program } from "../src/fused/gpu/program.ts";
import { glslOf } from "../src/fused/gpu/shader-language.ts";
import { webgl } from "../src/fused/gpu/webgl.ts";
import { webgpu } from "../src/fused/gpu/webgpu.ts";
import { askAgain, withdraw } from "../src/fused/withdraw.ts";
import { kernelFor, overlap } from "../src/index.ts";

describe("the language of programs", () => {
  it.each([
    ["fn half(x: f32, n: i32) -> f32 { return x; }", "float half(float x, int n) { return x; }"],
    ["fn look(n: i32) {}", "void look(int n) {}"],
    ["var<private> top: i32;", "int top;"],
    ["let sum: vec4<f32> = vec4<f32>(0.0);", "vec4 sum = vec4(0.0);"],
    ["for (var i: i32 = 0; i < uniforms.count; i++) {}", "for (int i = 0; i < count; i++) {}"],
    ["bitcast<f32>(bitcast<i32>(x) >> 23u)", "intBitsToFloat(floatBitsToInt(x) >> 23u)"],
  ])("says %s in GLSL", (wgsl, glsl) => {
    expect(glslOf(wgsl)).toBe(glsl);
  });
});

describe("a WebGPU device that refuses a program", () => {
  it("is heard, once for each program", async () => {
    const popErrorScope = vi.fn(async () => ({ message: "unresolved value 'nonsense'" }));
    const stub = {
      device: { pushErrorScope: () => {}, popErrorScope },
      runWebGPUProgram: () => ({ dataId: {}, shape: [1, 1, 1], dtype: "float32" }),
    };
    const refused = vi.fn();
    const gpu = webgpu(stub as unknown as KernelBackend, refused);
    const program = {
      name: "broken",
      source: "nonsense",
      shape: [1, 1, 1],
      width: 1,
      inputs: {},
      integers: {},
    } as const;
    gpu.run(program satisfies Program);
    gpu.run(program);
    await vi.waitFor(() => expect(refused).toHaveBeenCalledExactlyOnceWith("unresolved value 'nonsense'"));
    gpu.run({ ...program, name: "another" });
    await vi.waitFor(() => expect(popErrorScope).toHaveBeenCalledTimes(2));
  });
});

const gpus = backends().filter((name) => name === "webgl" || name === "webgpu");

// there is none in Node
if (gpus.length > 0) {
  onEachBackend(
    "programs",
    (name) => {
      it("of one text read each its own uniforms", async () => {
        const gpu = name === "webgl" ? webgl(backend() as KernelBackend) : webgpu(backend() as KernelBackend, () => {});
        const source = "fn valueAt(n: i32, i: i32, c: i32) -> f32 { return f32(uniforms.second); }";
        const program = { name: "second", source, shape: [1, 2, 3], width: 1, inputs: {} } as const;
        for (const integers of [{ first: 1, second: 2 }, { second: 3 }, { second: 4, first: 5 }]) {
          const result = engine().makeTensorFromTensorInfo(gpu.run({ ...program, integers }));
          expect(await readNumbers(result)).toEqual(Array(6).fill(integers.second));
          result.dispose();
        }
      });

      it("of one text read each input by its name, in whatever order they are given", async () => {
        const gpu = name === "webgl" ? webgl(backend() as KernelBackend) : webgpu(backend() as KernelBackend, () => {});
        const source = "fn valueAt(n: i32, i: i32, c: i32) -> f32 { return getLeft(n, i, c) - getRight(n, i, c); }";
        const program = { name: "difference", source, shape: [1, 2, 1], width: 1, integers: {} } as const;
        const [left, right] = [tensor3d([[[5], [7]]]), tensor3d([[[1], [2]]])];
        for (const inputs of [
          { left, right },
          { right, left },
        ]) {
          const result = engine().makeTensorFromTensorInfo(gpu.run({ ...program, inputs }));
          expect(await readNumbers(result)).toEqual([4, 5]);
          result.dispose();
        }
        left.dispose();
        right.dispose();
      });
    },
    gpus,
  );

  onEachBackend(
    "fused kernels that are refused",
    (name) => {
      beforeEach(() => void vi.spyOn(console, "warn").mockImplementation(() => {}));
      afterEach(() => {
        vi.restoreAllMocks();
        askAgain(name);
      });

      /** I of 0.9 + 0.6 + 0.3. */
      const expectIntersection = async () => {
        const truth = tensor3d([[[1], [0], [1], [1]]]);
        const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
        expect(await readNumbers(tidy(() => overlap(truth, prediction).intersection))).toBeClose([1.8]);
      };
      const warnings = () =>
        vi
          .mocked(console.warn)
          .mock.calls.flat()
          .filter((text) => String(text).includes("Lossary"));

      if (name === "webgl")
        it("makes way for the portable one in the same call, with one warning", async () => {
          await expectIntersection();
          expect(kernelFor("LossaryOverlapSums")).toBe("webgl");
          vi.spyOn(
            backend() as KernelBackend & { runWebGLProgram: () => never },
            "runWebGLProgram",
          ).mockImplementationOnce(() => {
            throw new Error("Failed to compile fragment shader.");
          });
          await expectIntersection();
          await expectIntersection();
          expect(kernelFor("LossaryOverlapSums")).toBe("portable");
          expect(warnings()).toEqual([
            expect.stringContaining("webgl refused a fused kernel (Failed to compile fragment shader.)"),
          ]);
        });

      it("makes way from then on, with one warning", async () => {
        await expectIntersection();
        expect(kernelFor("LossaryOverlapSumsGradient")).toBe(name);
        withdraw(name, "unresolved value 'nonsense'");
        withdraw(name, "unresolved value 'nonsense'");
        expect(kernelFor("LossaryOverlapSums")).toBe("portable");
        expect(kernelFor("LossaryOverlapSumsGradient")).toBe("portable");
        await expectIntersection();
        expect(warnings()).toEqual([
          expect.stringContaining(`${name} refused a fused kernel (unresolved value 'nonsense')`),
        ]);
      });
    },
    gpus,
  );
}
