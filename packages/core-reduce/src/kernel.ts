import {
  engine,
  getBackend,
  getKernel,
  type NamedTensorMap,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
} from "@tensorflow/tfjs-core";
import { liveBackends } from "./fused/array-backends.ts";
import type { FusedKernel, FusedReduction } from "./fused/fused-kernel.ts";
import { registerKernelOnce } from "./fused/register.ts";
import { ProgramRefused, withdraw } from "./fused/withdraw.ts";
import type { Activation } from "./loss.ts";
import type { Problem } from "./problem.ts";
import { detached } from "./stop-gradient.ts";
import { takingOnce } from "./taking-once.ts";
import { withGradient } from "./with-gradient.ts";

/** The tensors that a kernel reads; which others there are, each kernel says. */
export interface KernelInputs {
  /** `[batch, voxels, classes]`, the only input that is differentiated. */
  readonly predictions: Tensor3D;
  /** Dense `[batch, voxels, classes]`, or int32 class indices `[batch, voxels]`. */
  readonly labels?: Tensor3D | Tensor2D | undefined;
  /** `[batch, voxels]`. */
  readonly weights?: Tensor2D | undefined;
}

/** What every kernel is told about the numbers that it reads. */
export interface KernelAttributes {
  readonly activation: Activation;
  /** The class index that is ignored, or `NaN` where none is. */
  readonly ignoreLabel: number;
}

/**
 * One reduction that losses are made of. `forward` and `backward` are the portable implementation in plain tfjs ops; the kernels of `fused` are
 * registered with tfjs for the backends that they have a form for, with the same inputs (and `upstream`) and attributes.
 */
export interface Kernel<Inputs extends KernelInputs, Attributes extends KernelAttributes> {
  readonly fused: FusedReduction;
  /** The value; runs outside the tape. */
  readonly forward: (inputs: Inputs, attributes: Attributes) => Tensor;
  /** The gradient with respect to the predictions, given that with respect to the value. */
  readonly backward: (upstream: Tensor, inputs: Inputs, attributes: Attributes) => Tensor;
}

/** Runs a kernel over a problem's predictions: fused where the backend has it, portable elsewhere or with `fused: false`. */
export function runKernel<Inputs extends KernelInputs, Attributes extends KernelAttributes>(
  kernel: Kernel<Inputs, Attributes>,
  inputs: Inputs,
  attributes: Attributes,
  fused: boolean,
): Tensor {
  const { tensors, named } = listed(inputs);
  const take = takingOnce();
  return withGradient(
    inputs.predictions,
    tensors,
    (_, leave) => {
      const [value, left] = runForward(
        kernel.fused.forward,
        named(tensors),
        attributes,
        fused && { leaves: !!leave },
        () => [kernel.forward(named(tensors), attributes)],
      ) as [Tensor, Tensor?];
      if (left) leave?.(left);
      return value;
    },
    (upstream, saved) => {
      const left = take(saved[tensors.length]);
      return runBackward(kernel.fused.backward, { ...named(saved), upstream }, attributes, fused && { left }, () =>
        kernel.backward(upstream, named(saved), attributes),
      );
    },
  );
}

/** The tensors that are given as a list, as `withGradient` keeps them, and how such a list gets its names again. */
export function listed<Inputs extends KernelInputs>(
  inputs: Inputs,
): { readonly tensors: Tensor[]; readonly named: (tensors: readonly Tensor[]) => Inputs } {
  const given = Object.entries(inputs).filter((entry) => entry[1] !== undefined) as [string, Tensor][];
  return {
    tensors: given.map(([, tensor]) => tensor),
    named: (tensors) => Object.fromEntries(given.map(([name], index) => [name, tensors[index]])) as unknown as Inputs,
  };
}

/**
 * The results of a forward pass, and behind them what it leaves for the way back, where the backend can: fused where it has the kernel, else portable.
 * Nothing of it is recorded if it runs inside a gradient of one's own.
 */
export function runForward(
  kernel: FusedKernel,
  inputs: object,
  attributes: object,
  fused: false | { readonly leaves: boolean },
  portable: () => Tensor[],
): Tensor[] {
  if (!fused || !isFused(kernel)) return portable();
  const leaves = fused.leaves && liveBackends.includes(getBackend());
  return runFused(kernel, inputs, leaves ? { ...attributes, leave: true } : attributes, portable);
}

/** The gradient, in the place of what the forward pass has left, if that is given. */
export function runBackward(
  kernel: FusedKernel,
  inputs: object,
  attributes: object,
  fused: false | { readonly left: Tensor | undefined },
  portable: () => Tensor,
): Tensor {
  if (!fused || !isFused(kernel)) return portable();
  const { left } = fused;
  return runFused(kernel, left ? { ...inputs, left } : inputs, attributes, () => [portable()])[0] as Tensor;
}

/** Whether the backend has a fused implementation of a kernel. */
export function isFused(kernel: FusedKernel): boolean {
  registerKernelOnce(kernel);
  return getKernel(kernel.name, getBackend()) != null;
}

/** Runs a kernel of which nobody asks a gradient: fused where the backend has it, else the portable implementation. */
export function runConstant<T extends Tensor>(
  kernel: FusedKernel,
  inputs: Readonly<Record<string, Tensor | undefined>>,
  attributes: object,
  fused: boolean,
  portable: () => T,
): T {
  if (!fused || !isFused(kernel)) return portable();
  const given = Object.fromEntries(Object.entries(inputs).filter((entry) => entry[1] !== undefined));
  return detached(() => runFused(kernel, given, attributes, () => [portable()])[0] as T);
}

/** A graphics processor that refuses a program is asked no more. */
function runFused({ name }: FusedKernel, inputs: object, attributes: object, portable: () => Tensor[]): Tensor[] {
  try {
    const results = engine().runKernel(name, inputs as NamedTensorMap, attributes as Record<string, number | string>);
    return Array.isArray(results) ? results : [results];
  } catch (error) {
    if (!(error instanceof ProgramRefused)) throw error;
    withdraw(getBackend(), error.message);
    return portable();
  }
}

/** The inputs and attributes that every kernel takes from a problem. */
export function kernelArguments(problem: Problem): {
  inputs: { predictions: Tensor3D; labels: Tensor3D | Tensor2D; weights: Tensor2D | undefined };
  attributes: KernelAttributes;
} {
  const { predictions, labels, weights, activation, ignoreLabel } = problem;
  return {
    inputs: { predictions, labels, weights },
    attributes: { activation, ignoreLabel: ignoreLabel ?? Number.NaN },
  };
}
