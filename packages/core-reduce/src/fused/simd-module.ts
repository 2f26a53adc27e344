import { moduleBytes } from "./module.generated.ts";

/** What the WebAssembly module exports. */
export interface SimdExports {
  readonly memory: WebAssembly.Memory;
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
  ): number;
  describeTerms(gamma: number, keep: number, spread: number, negatives: number, logs: number, errors: number): void;
  clearSums(): void;
  widenIntegers(count: number): void;
  widenBytes(count: number): void;
  overlapSums(voxels: number, product: number): void;
  overlapSumsGradient(voxels: number, product: number): void;
  crossEntropy(voxels: number): void;
  crossEntropyGradient(voxels: number): void;
  crossEntropySums(voxels: number, overlap: number): void;
  crossEntropySumsGradient(voxels: number, overlap: number): void;
  squaredErrorSums(voxels: number, over: number): void;
  squaredErrorSumsGradient(voxels: number, over: number): void;
  probabilities(voxels: number): void;
  probabilitiesGradient(voxels: number): void;
  confusion(voxels: number): void;
  confusionGradient(voxels: number): void;
  errors(voxels: number, hinge: number): void;
  errorsGradient(voxels: number, hinge: number): void;
  errorPowerSums(voxels: number, exponent: number): void;
  errorPowerSumsGradient(voxels: number, exponent: number): void;
  trueNegatives(voxels: number, product: number): void;
  trueNegativesGradient(voxels: number, product: number): void;
  valueSums(voxels: number): void;
  weightSum(voxels: number): void;
  labelledSums(voxels: number): void;
}

/** Compiles the module that comes with this file. Throws where WebAssembly or its SIMD is missing, or where a page forbids compiling. */
export function instantiate(): SimdExports {
  // synchronously, since a loss is synchronous: some 50 kB take a few milliseconds
  return new WebAssembly.Instance(new WebAssembly.Module(moduleOf(moduleBytes))).exports as unknown as SimdExports;
}

/** The bytes of hexadecimal digits. */
function moduleOf(digits: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(digits.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16);
  return bytes;
}
