import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-layers"; // registers the gradients of tfjs-core's operations
import {
  conv2d,
  conv2dTranspose,
  getKernel,
  memory,
  mul,
  randomNormal,
  setBackend,
  sum,
  type Tensor,
  type Tensor4D,
  tensor4d,
  valueAndGrads,
} from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { registerConvolutionGradients } from "../src/convolution-gradients.ts";

type Shape = [number, number, number, number];
type Case = { input: Shape; filter: Shape; stride: number | [number, number]; padding: Parameters<typeof conv2d>[3] };

const cases: Case[] = [
  { input: [2, 8, 8, 3], filter: [3, 3, 3, 4], stride: 1, padding: "same" },
  { input: [2, 8, 6, 3], filter: [3, 3, 3, 4], stride: 2, padding: "same" },
  { input: [1, 9, 7, 2], filter: [3, 3, 2, 5], stride: 2, padding: "same" },
  { input: [3, 8, 8, 2], filter: [2, 2, 2, 3], stride: 2, padding: "same" },
  { input: [2, 9, 8, 2], filter: [2, 2, 2, 3], stride: 2, padding: "valid" },
  { input: [2, 10, 11, 1], filter: [3, 3, 1, 1], stride: 3, padding: "valid" },
  { input: [2, 7, 9, 2], filter: [5, 3, 2, 3], stride: [2, 1], padding: "same" },
  { input: [1, 5, 5, 4], filter: [1, 1, 4, 2], stride: 1, padding: "same" },
  {
    input: [1, 6, 6, 2],
    filter: [3, 3, 2, 2],
    stride: 1,
    padding: [
      [0, 0],
      [2, 0],
      [1, 2],
      [0, 0],
    ],
  },
];

async function gradientsOn(
  backend: string,
  given: Case,
  values: { input: Float32Array; filter: Float32Array; upstream: Float32Array },
) {
  await setBackend(backend);
  const input = tensor4d(values.input, given.input);
  const filter = tensor4d(values.filter, given.filter);
  const loss = (x: Tensor, w: Tensor) => {
    const output = conv2d(x as Tensor4D, w as Tensor4D, given.stride, given.padding);
    const upstream = tensor4d(values.upstream.slice(0, output.size), output.shape);
    return sum(mul(output, upstream));
  };
  const { grads } = valueAndGrads(loss)([input, filter]);
  return { input: await grads[0]?.data(), filter: await grads[1]?.data() };
}

describe("convolution gradients on wasm", () => {
  beforeAll(async () => {
    await setBackend("wasm");
    registerConvolutionGradients();
    await setBackend("cpu");
  });

  it.each(cases)("equal the cpu backend's: $input * $filter, stride $stride, $padding", async (given) => {
    await setBackend("cpu");
    const size = (shape: Shape) => shape.reduce((product, length) => product * length, 1);
    const random = async (length: number, seed: number) =>
      (await randomNormal([length], 0, 1, "float32", seed).data()) as Float32Array;
    const values = {
      input: await random(size(given.input), 1),
      filter: await random(size(given.filter), 2),
      upstream: await random(2000, 3),
    };
    const expected = await gradientsOn("cpu", given, values);
    const actual = await gradientsOn("wasm", given, values);
    for (const which of ["input", "filter"] as const) {
      expect(actual[which]).toHaveLength(size(given[which]));
      const worst = Math.max(
        ...Array.from(actual[which] ?? [], (v, i) => Math.abs(v - (expected[which]?.[i] ?? Number.NaN))),
      );
      expect(worst).toBeLessThan(2e-5);
    }
  });

  it("computes the transposed convolution like the cpu backend", async () => {
    const outputs: (Float32Array | Int32Array | Uint8Array)[] = [];
    for (const backend of ["cpu", "wasm"]) {
      await setBackend(backend);
      const input = tensor4d(
        Array.from({ length: 2 * 3 * 3 * 2 }, (_, i) => Math.sin(i)),
        [2, 3, 3, 2],
      );
      const filter = tensor4d(
        Array.from({ length: 2 * 2 * 3 * 2 }, (_, i) => Math.cos(i)),
        [2, 2, 3, 2],
      );
      outputs.push(await conv2dTranspose(input, filter, [2, 6, 6, 3], 2, "same").data());
    }
    const [cpu, wasm] = outputs;
    expect(wasm).toHaveLength(2 * 6 * 6 * 3);
    wasm?.forEach((value, i) => {
      expect(value).toBeCloseTo(cpu?.[i] ?? Number.NaN, 5);
    });
  });

  it("keeps no tensor alive", async () => {
    await setBackend("wasm");
    const given = cases[1] as Case;
    const values = {
      input: new Float32Array(2 * 8 * 6 * 3).fill(1),
      filter: new Float32Array(3 * 3 * 3 * 4).fill(1),
      upstream: new Float32Array(2000).fill(1),
    };
    const { engine } = await import("@tensorflow/tfjs-core");
    const before = memory().numTensors;
    const bytesBefore = memory().numBytes;
    engine().startScope();
    await gradientsOn("wasm", given, values);
    engine().endScope();
    expect(memory().numTensors).toBe(before);
    expect(memory().numBytes).toBe(bytesBefore);
  });

  it("are the registered kernels", () => {
    expect(getKernel("Conv2DBackpropFilter", "wasm")).toBeDefined();
    expect(getKernel("Conv2DBackpropInput", "wasm")).toBeDefined();
  });
});
