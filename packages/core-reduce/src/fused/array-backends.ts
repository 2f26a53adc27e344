import type { DataType, KernelBackend, TensorInfo } from "@tensorflow/tfjs-core";
import type { Numbers } from "./voxel-arrays.ts";

/** The backends whose tensors can be read as typed arrays without waiting for anything. */
export const arrayBackends: readonly string[] = ["cpu", "wasm", "tensorflow"];

/** Those of them whose tensors are these arrays themselves, so that a kernel can turn what another left behind into its own result. */
export const liveBackends: readonly string[] = ["cpu", "wasm"];

/** A result: the tensor, and the array to be filled, which `written` then makes the tensor's. */
export interface Output {
  /** Stale as soon as the backend allocates. */
  readonly values: () => Float32Array;
  readonly written: () => TensorInfo;
}

/** What of a backend's public methods is used; the wasm backend alone has the two last. */
interface ArrayBackend extends KernelBackend {
  readonly data?: { get(dataId: object): { readonly values?: unknown } };
  typedArrayFromHeap?(info: TensorInfo): Numbers;
  makeOutput?(shape: number[], dtype: DataType): TensorInfo;
}

/** The values of a tensor; on cpu and wasm no copy. Stale as soon as the backend allocates, so make outputs first. */
export function valuesOf(backend: KernelBackend, info: TensorInfo): Numbers {
  const array = backend as ArrayBackend;
  if (array.typedArrayFromHeap) return array.typedArrayFromHeap(info);
  // reading bools from the cpu backend copies them one by one
  const stored = info.dtype === "bool" ? array.data?.get(info.dataId)?.values : undefined;
  return stored instanceof Uint8Array ? stored : (array.readSync(info.dataId) as Numbers);
}

/** A float32 tensor that nobody else reads any more as the room for a result. */
export function takeOver(backend: KernelBackend, info: TensorInfo): Output {
  return {
    values: () => valuesOf(backend, info) as Float32Array,
    written: () => {
      backend.incRef(info.dataId);
      return { dataId: info.dataId, shape: info.shape, dtype: info.dtype };
    },
  };
}

/** Room for a float32 result. */
export function makeOutput(backend: KernelBackend, shape: number[]): Output {
  const array = backend as ArrayBackend;
  if (array.typedArrayFromHeap && array.makeOutput) {
    const info = array.makeOutput(shape, "float32");
    return { values: () => valuesOf(backend, info) as Float32Array, written: () => info };
  }
  const values = new Float32Array(shape.reduce((size, side) => size * side, 1));
  return {
    values: () => values,
    written: () => ({ dataId: array.write(values, shape, "float32"), shape, dtype: "float32" }),
  };
}
