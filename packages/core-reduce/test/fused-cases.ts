import { readNumbers } from "@lossary/test-kit";
import { dispose, grad, type Tensor, type Tensor3D, tensor, tensor2d, tensor3d, tidy } from "@tensorflow/tfjs-core";
import { type Kernel, type KernelAttributes, type KernelInputs, runKernel } from "../src/kernel.ts";
import type { Problem } from "../src/problem.ts";
import type { Activation, Given } from "./fused-reference.ts";

/** How labels reach a kernel. */
export type LabelKind = "bool" | "hard" | "indices" | "integers" | "mixed" | "soft";

/** One problem for a kernel, and the same in plain numbers for the reference. */
export interface Case {
  readonly given: Given;
  readonly labels: {
    readonly values: number[];
    readonly dtype: "bool" | "float32" | "int32";
    readonly shape: number[];
  };
  readonly predictions: Float32Array;
  readonly weights: Float32Array | undefined;
  readonly ignoreLabel: number;
  readonly title: string;
}

/** Numbers from 0 to 1 that are the same on every run. */
export function numbersFrom(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

export interface CaseOptions {
  readonly batch?: number;
  readonly voxels: number;
  readonly classes: number;
  readonly activation: Activation;
  readonly labels: LabelKind;
  readonly weighted?: boolean;
  /** How far logits reach from 0. */
  readonly reach?: number;
  /** A function that sets the logits of a voxel instead. */
  readonly logits?: (label: number, c: number) => number;
}

/** Makes a problem with everything awkward in it: ignored and stray indices, garbage under weights of 0. */
export function makeCase({ batch = 2, reach = 4, weighted = false, ...rest }: CaseOptions): Case {
  const { voxels, classes, activation, labels, logits } = rest;
  const random = numbersFrom(1 + voxels * 31 + classes * 7 + (weighted ? 3 : 0) + labels.length);
  const count = batch * voxels;
  const hard = Array.from({ length: count }, () => Math.floor(random() * Math.max(2, classes)));
  const stray = (at: number) =>
    at % 11 === 4 ? -1 : at % 11 === 6 ? Math.max(2, classes) : at % 11 === 8 ? 2 ** 31 - 1 : undefined;
  const indices = labels === "indices" ? hard.map((label, at) => stray(at) ?? label) : hard;
  // of one class, both labels take part but where voxels are weighed
  const ignored = classes > 1 ? 1 : weighted ? 0 : Number.NaN;
  const ignoreLabel = labels === "indices" && !logits ? ignored : Number.NaN;
  const predictions = Float32Array.from({ length: count * classes }, (_, i) => {
    if (logits) return logits(hard[Math.floor(i / classes)] as number, i % classes);
    return activation === "none" ? 0.02 + 0.96 * random() : (2 * random() - 1) * reach;
  });
  const target = Float32Array.from({ length: count * classes }, (_, i) => {
    if (labels === "soft") return random() < 0.2 ? Math.round(random()) : random();
    // hard but for one voxel in the middle
    if (labels === "mixed" && Math.floor(i / classes) === count >> 1) return 0.3;
    return hard[Math.floor(i / classes)] === (classes === 1 ? 1 : i % classes) ? 1 : 0;
  });
  const weights = weighted
    ? Float32Array.from({ length: count }, () => (random() < 0.3 ? 0 : 2 * random()))
    : undefined;
  const counted = Float64Array.from({ length: count }, (_, at) => {
    const label = indices[at] as number;
    const isOut = label < 0 || label >= Math.max(2, classes) || label === ignoreLabel;
    return labels === "indices" && isOut ? 0 : (weights?.[at] ?? 1);
  });
  const given = { batch, voxels, classes, activation, target: Float64Array.from(target), weights: counted };
  const clean = Float64Array.from(predictions);
  if (weighted) {
    counted.forEach((weight, at) => {
      if (weight === 0) predictions[at * classes] = [Number.NaN, Number.POSITIVE_INFINITY, -3e38][at % 3] as number;
    });
  }
  const dtype = labels === "bool" ? "bool" : labels === "indices" || labels === "integers" ? "int32" : "float32";
  return {
    given: { ...given, predictions: clean },
    labels: {
      values: labels === "indices" ? indices : Array.from(target),
      dtype,
      shape: labels === "indices" ? [batch, voxels] : [batch, voxels, classes],
    },
    predictions,
    weights,
    ignoreLabel,
    title: `[${batch},${voxels},${classes}] ${activation} ${labels}${weighted ? " weighted" : ""}`,
  };
}

/** The same with dense labels of one voxel halved, so that it has no class of its own. */
export function withSoftVoxel({ given, labels, ...rest }: Case, voxel: number): Case {
  const halved = (numbers: readonly number[]) =>
    numbers.map((g, at) => (Math.floor(at / given.classes) === voxel ? 0.25 + g / 2 : g));
  const target = Float64Array.from(halved(Array.from(given.target)));
  return { ...rest, given: { ...given, target }, labels: { ...labels, values: halved(labels.values) } };
}

/** What a kernel made of a problem. */
export interface CaseRun {
  readonly value: number[];
  readonly upstream: Float32Array;
  readonly gradient: number[];
}

/** The problem of a case, with predictions of one's own. */
export function problemOf(
  { given, labels, weights, ignoreLabel }: Case,
  predictions: Tensor3D,
  fused: boolean,
): Problem {
  const { batch, voxels, classes, activation } = given;
  return {
    who: "case",
    predictions,
    labels: tensor(labels.values, labels.shape as [number, number, number], labels.dtype) as Tensor3D,
    weights: weights && tensor2d(weights, [batch, voxels]),
    batch,
    spatial: [voxels],
    voxels,
    classes,
    activation,
    multiLabel: false,
    ignoreLabel,
    fused,
  };
}

/** Value and gradient of something that is made of a case's predictions, for an upstream that is made from the value's size. */
export async function runOf({ given, predictions }: Case, run: (x: Tensor3D) => Tensor): Promise<CaseRun> {
  const { batch, voxels, classes } = given;
  const x = tensor3d(predictions, [batch, voxels, classes]);
  const value = tidy(() => run(x));
  const upstream = Float32Array.from({ length: value.size }, (_, i) => Math.cos(1 + i * 0.7));
  const dy = tensor(upstream, value.shape, "float32");
  const gradient = tidy(() => grad((given: Tensor) => run(given as Tensor3D))(x, dy));
  const result = { value: await readNumbers(value), upstream, gradient: await readNumbers(gradient) };
  dispose([x, value, dy, gradient]);
  return result;
}

/** Runs a kernel over a problem: its value, and its gradient for an upstream that is given or made from the value's size. */
export async function runCase<Inputs extends KernelInputs, Attributes extends KernelAttributes>(
  kernel: Kernel<Inputs, Attributes>,
  { given, labels, predictions, weights, ignoreLabel }: Case,
  attributes: Omit<Attributes, keyof KernelAttributes>,
  others: { readonly [name: string]: { values: Float32Array; shape: number[] } },
  fused: boolean,
  upstreamOf?: (at: number) => number,
): Promise<CaseRun> {
  const { batch, voxels, classes, activation } = given;
  const x = tensor(predictions, [batch, voxels, classes], "float32");
  const run = (logits: Tensor) => {
    const inputs: Record<string, Tensor> = { labels: tensor(labels.values, labels.shape, labels.dtype) };
    if (weights) inputs.weights = tensor(weights, [batch, voxels], "float32");
    for (const [name, { values, shape }] of Object.entries(others)) inputs[name] = tensor(values, shape, "float32");
    const value = runKernel(
      kernel,
      { ...inputs, predictions: logits } as unknown as Inputs,
      { activation, ignoreLabel, ...attributes } as unknown as Attributes,
      fused,
    );
    // as a caller may who is done with them: what the backward pass reads, it has to hold itself
    dispose(Object.values(inputs));
    return value;
  };
  const value = tidy(() => run(x));
  const upstream = Float32Array.from({ length: value.size }, (_, i) => upstreamOf?.(i) ?? Math.cos(1 + i * 0.7));
  const dy = tensor(upstream, value.shape, "float32");
  const gradient = tidy(() => grad(run)(x, dy));
  const result = { value: await readNumbers(value), upstream, gradient: await readNumbers(gradient) };
  dispose([x, value, dy, gradient]);
  return result;
}
