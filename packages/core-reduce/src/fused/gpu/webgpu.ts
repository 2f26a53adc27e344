import type { WebGPUBackend, WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";
import type { KernelBackend } from "@tensorflow/tfjs-core";
import type { Gpu, Program } from "./program.ts";

/** What of a device is used. */
type Device = Pick<WebGPUBackend["device"], "popErrorScope" | "pushErrorScope">;

const workgroupSize = 64;

/** The programs that a device has been given. */
const known = new WeakMap<object, Set<string>>();

/**
 * Runs programs on tfjs's WebGPU backend.
 *
 * @param refused - is told, later, why a program that was run was none: WebGPU throws nothing
 */
export function webgpu(given: KernelBackend, refused: (reason: string) => void): Gpu {
  const backend = given as WebGPUBackend;
  const run = (program: Program) => {
    const { inputs, integers, floats = {}, shape, width } = program;
    const [, rows, columns] = shape;
    const uniforms = [
      ...[rows, columns, ...Object.values(integers)].map((value) => ({ type: "int32", data: [value] })),
      ...Object.values(floats).map((value) => ({ type: "float32", data: [value] })),
    ];
    const output = backend.runWebGPUProgram(shaderOf(program), Object.values(inputs), "float32", uniforms);
    return width === 4 ? output : { ...output, shape: [...shape] };
  };
  return {
    run: (program) =>
      isKnown(backend.device, program) ? run(program) : watched(backend.device, () => run(program), refused),
    dispose: ({ dataId }) => void backend.disposeData(dataId),
  };
}

/** Whether the device was given a program before; from now on it was. */
function isKnown(device: object, { name, inputs }: Program): boolean {
  const programs = known.get(device) ?? new Set();
  known.set(device, programs);
  const key = [name, ...Object.entries(inputs).map(([input, { dtype }]) => `${input} ${dtype}`)].join(", ");
  const isOld = programs.has(key);
  programs.add(key);
  return isOld;
}

/** Runs what makes a program, and asks the device what it thinks of it. */
function watched<T>(device: Device, run: () => T, refused: (reason: string) => void): T {
  device.pushErrorScope("validation");
  const result = run();
  device.popErrorScope().then(
    (error) => error && refused(error.message),
    () => {}, // a lost device has more to say than that it refuses programs
  );
  return result;
}

/**
 * An invocation is one value. tfjs folds more workgroups than one axis may have into two or three axes, and starts some too many:
 * hence the bound, without which the last ones write where they must not.
 */
function shaderOf({
  name,
  source,
  shape,
  width,
  inputs,
  integers,
  floats = {},
  readsWide = false,
}: Program): WebGPUProgram {
  const names = Object.keys(inputs);
  const values = shape[0] * shape[1] * shape[2];
  const wideAt = `fn wideAt(n: i32, i: i32, c: i32) -> vec4<f32> {
    return partial[(n * uniforms.partialShape.y + i) * uniforms.partialShape.z + c];
  }`;
  const ofUniforms = [
    ...["rows", "columns", ...Object.keys(integers)].map((uniform) => `${uniform} : i32`),
    ...Object.keys(floats).map((uniform) => `${uniform} : f32`),
  ].join(", ");
  return {
    variableNames: names,
    variableComponents: names.map(() => (readsWide ? 4 : 1)),
    outputComponent: width,
    outputShape: width === 4 ? [...shape, 4] : [...shape],
    workgroupSize: [workgroupSize, 1, 1],
    dispatchLayout: { x: [0, 1, 2] },
    dispatch: [Math.ceil(values / workgroupSize), 1, 1],
    size: true,
    uniforms: ofUniforms,
    shaderKey: `lossary ${name} ${width} ${ofUniforms}`,
    getUserCode: () => `
      ${readsWide ? wideAt : ""}
      ${source}
      fn main(index: i32) {
        if (index < uniforms.size) {
          let row = index / uniforms.columns;
          let n = row / uniforms.rows;
          result[index] = valueAt(n, row - n * uniforms.rows, index - row * uniforms.columns);
        }
      }`,
  };
}
