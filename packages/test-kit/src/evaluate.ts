import { dispose, grad, mul, sum, Tensor, tensor, tidy } from "@tensorflow/tfjs-core";

/** A loss as the tests call it. */
export type AnyLoss = (labels: Tensor, predictions: Tensor, options?: never) => Tensor;

/** A loss call in plain numbers, from which tensors are made on whatever backend is current. */
export interface LossCall {
  /** `[batch, ...spatial, classes]`. */
  readonly shape: readonly number[];
  /** Probabilities or logits, as the options say. */
  readonly predictions: ArrayLike<number>;
  /** Dense, as long as `predictions`; or class indices, one a voxel. */
  readonly labels: ArrayLike<number>;
  /** Options; arrays under `weights`, `distanceMap` and the like become tensors. */
  readonly options?: object;
}

/** Numbers and their shape. */
export interface Evaluated {
  /** One after the other, the last axis the fastest. */
  readonly values: number[];
  /** The sides; none of one number. */
  readonly shape: number[];
}

/**
 * The value of a loss, on a backend that can be read at once.
 *
 * @param loss - any loss
 * @param call - shape, predictions, labels and options in plain numbers
 * @returns the entries of the value, and its shape
 *
 * @example
 * ```ts
 * import { diceLoss } from "@lossary/losses-region";
 * import { gradientOf, lossOf } from "@lossary/test-kit";
 *
 * const call = { shape: [1, 4, 1], predictions: [0.9, 0.2, 0.6, 0.3], labels: Int32Array.of(1, 0, 1, 1) };
 * console.log(...lossOf(diceLoss, call).values); // 0.28
 * console.log(...gradientOf(diceLoss, call)); // -0.256 0.144 -0.256 -0.256
 * ```
 */
export function lossOf(loss: AnyLoss, call: LossCall): Evaluated {
  const value = valueTensor(loss, call);
  const result = { values: Array.from(value.dataSync()), shape: value.shape };
  dispose(value);
  return result;
}

/** The value of a loss, on any backend: WebGPU is read asynchronously or not at all. */
export async function readLoss(loss: AnyLoss, call: LossCall): Promise<Evaluated> {
  const value = valueTensor(loss, call);
  return { shape: value.shape, values: await takeNumbers(value) };
}

/**
 * The gradient of sum(upstream x loss) with respect to the predictions, on a backend that can be read at once.
 * Upstream is all ones where it is not given.
 */
export function gradientOf(loss: AnyLoss, call: LossCall, upstream?: ArrayLike<number>): number[] {
  const slopes = gradientTensor(loss, call, upstream);
  const values = Array.from(slopes.dataSync());
  dispose(slopes);
  return values;
}

/** The same gradient, on any backend. */
export function readGradient(loss: AnyLoss, call: LossCall, upstream?: ArrayLike<number>): Promise<number[]> {
  return takeNumbers(gradientTensor(loss, call, upstream));
}

/** The numbers of a tensor, on any backend. */
export async function readNumbers(tensor: Tensor): Promise<number[]> {
  return Array.from(await tensor.data());
}

/** The numbers of a tensor that nobody else needs. */
async function takeNumbers(tensor: Tensor): Promise<number[]> {
  const values = await readNumbers(tensor);
  tensor.dispose();
  return values;
}

function valueTensor(loss: AnyLoss, call: LossCall): Tensor {
  const { labels, predictions, options } = tensorsOf(call);
  const value = tidy(() => loss(labels, predictions, options as never));
  dispose([labels, predictions, ...tensorsAmong(options)]);
  return value;
}

function gradientTensor(loss: AnyLoss, call: LossCall, upstream?: ArrayLike<number>): Tensor {
  const { labels, predictions, options } = tensorsOf(call);
  const slopes = tidy(() => {
    const objective = (x: Tensor) => {
      const value = loss(labels, x, options as never);
      return sum(upstream ? mul(value, tensor(Array.from(upstream), value.shape)) : value);
    };
    return grad(objective)(predictions);
  });
  dispose([labels, predictions, ...tensorsAmong(options)]);
  return slopes;
}

/** The tensors of a call: int32 for integer arrays, float32 for everything else. */
export function tensorsOf({ shape, predictions, labels, options }: LossCall) {
  const voxels = shape.slice(0, -1);
  const isInteger = labels instanceof Int32Array;
  const isDense = labels.length === predictions.length && !(isInteger && shape.at(-1) === 1);
  const withTensors = Object.entries(options ?? {}).map(([name, value]) => [name, asTensor(value, shape)]);
  return {
    labels: tensor(Array.from(labels), isDense ? [...shape] : voxels, isInteger ? "int32" : "float32"),
    predictions: tensor(Array.from(predictions), [...shape], "float32"),
    options: options && Object.fromEntries(withTensors),
  };
}

/** An option given as a typed array is a map: of one number a voxel, or of one a voxel and class. */
function asTensor(value: unknown, shape: readonly number[]): unknown {
  if (!(value instanceof Float64Array || value instanceof Float32Array)) return value;
  const size = shape.reduce((product, side) => product * side, 1);
  const isDense = value.length === size && shape.at(-1) !== 1;
  return tensor(Array.from(value), isDense ? [...shape] : shape.slice(0, -1), "float32");
}

/** The tensors among the options of a call. */
export function tensorsAmong(options: object | undefined): Tensor[] {
  return Object.values(options ?? {}).filter((value) => value instanceof Tensor);
}
