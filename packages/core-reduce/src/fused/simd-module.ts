import { bytesOf } from "./module-text.ts";

/** A WebAssembly module, as the text of its bytes. */
export interface SimdModule {
  readonly text: string;
}

/** What every module exports, and behind it what some do: a kernel names the module that has its functions. */
export interface SimdExports {
  readonly predictionsAt: WebAssembly.Global;
  readonly labelsAt: WebAssembly.Global;
  readonly fieldAt: WebAssembly.Global;
  readonly weightsAt: WebAssembly.Global;
  readonly mapAt: WebAssembly.Global;
  readonly coefficientsAt: WebAssembly.Global;
  readonly sumsAt: WebAssembly.Global;
  readonly termCoefficientsAt: WebAssembly.Global;
  readonly termSumsAt: WebAssembly.Global;
  describe(
    classes: number,
    activation: number,
    labels: number,
    weighted: number,
    field: number,
    ignored: number,
    kept: number,
    recalled: number,
  ): number;
  clearSums(): void;
  widenIntegers(count: number): void;
  widenBytes(count: number): void;

  /** 1 where what it leaves holds the labels too. */
  overlapSums(voxels: number, product: number): number;
  overlapSumsGradient(voxels: number, product: number): void;
  overlapRegions(voxels: number, product: number): void;
  overlapRegionsGradient(voxels: number, product: number): void;
  leftOverlapGradient(voxels: number): void;

  overlapFieldSums(voxels: number, product: number, squared: number): void;
  overlapFieldSumsGradient(voxels: number, product: number, squared: number): void;

  describeTerms(
    gamma: number,
    power: number,
    keep: number,
    spread: number,
    negatives: number,
    logs: number,
    errors: number,
  ): void;
  crossEntropy(voxels: number): void;
  crossEntropySums(voxels: number, overlap: number): void;
  crossEntropySumsGradient(voxels: number, overlap: number): void;
  scaleKept(voxels: number, factor: number): void;
  scaleKeptByMap(voxels: number, factor: number): void;
  overlapCrossEntropy(voxels: number, product: number): void;
  overlapCrossEntropyGradient(voxels: number, product: number): void;

  squaredErrorSums(voxels: number): void;
  squaredErrorSumsGradient(voxels: number): void;
  confusion(voxels: number): void;
  confusionGradient(voxels: number): void;
  errors(voxels: number, hinge: number): void;
  errorsGradient(voxels: number, hinge: number): void;
  /** Likewise. */
  overlapErrorSums(voxels: number, product: number, beside: number, exponent: number): number;
  overlapErrorSumsGradient(voxels: number, product: number, beside: number, exponent: number): void;
  leftOverlapErrorGradient(voxels: number, beside: number): void;

  sumRows(result: number, count: number, list: number, end: number, shift: number, unit: number): void;
  sumBefore(x: number, before: number, lines: number, columns: number, reach: number, scale: number): void;
  weighBalls(first: number, stride: number, bytes: number, weight: number): number;

  clearCounts(): void;
  /** How many values there are that may be selected. */
  addCounts(): number;
  countDigits(voxels: number, weighted: number): void;
  chooseAbove(voxels: number, weighted: number, digit: number, first: number): number;
  chosenSums(voxels: number): void;

  addNeighbours(sum: number, x: number, bytes: number, stride: number, line: number): void;
  lowerToNeighbours(least: number, x: number, bytes: number, stride: number, line: number): void;
  countCentres(count: number, x: number, least: number, bytes: number): void;
  countNeighbours(count: number, x: number, least: number, bytes: number, stride: number, line: number): void;
  shareOut(count: number, upstream: number, x: number, least: number, gradient: number, bytes: number): void;
  gatherShares(
    gradient: number,
    x: number,
    least: number,
    share: number,
    bytes: number,
    stride: number,
    line: number,
  ): void;

  distributions(voxels: number): void;

  probabilities(voxels: number): void;
  probabilitiesGradient(voxels: number): void;

  valueSums(voxels: number): void;
  weightSum(voxels: number): void;
  labelledSums(voxels: number): void;
}

/** Behind this, in bytes, stand constants of modules: no buffer may reach so far. */
export const bufferEnd = 589_248;

let memory: WebAssembly.Memory | undefined;

/**
 * The memory of all modules, which lay out the same buffers in it and keep nothing there from one call to the next: 9 pages, 576 kB, which never grow,
 * because nothing else could make a view of it stale.
 */
export function simdMemory(): WebAssembly.Memory {
  memory ??= new WebAssembly.Memory({ initial: 9, maximum: 9 });
  return memory;
}

/** Compiles a module. Throws where WebAssembly or its SIMD is missing, or where a page forbids compiling. */
export function instantiate({ text }: SimdModule): SimdExports {
  // synchronously, since a loss is synchronous: some 20 kB take a few milliseconds
  const module = new WebAssembly.Module(bytesOf(text));
  return new WebAssembly.Instance(module, { env: { memory: simdMemory() } }).exports as unknown as SimdExports;
}
