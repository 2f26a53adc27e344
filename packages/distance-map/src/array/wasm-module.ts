import { WASM_HEX } from "./distance-wasm.generated.ts";

/** What the WebAssembly module offers; `assembly/index.ts` documents it. */
export interface DistanceModule {
  readonly memory: WebAssembly.Memory;
  configure(
    rows: number,
    columns: number,
    chunk: number,
    withColumns: boolean,
    border: boolean,
    labels: boolean,
    floats: boolean,
    narrow: boolean,
    depthWeight: number,
    heightWeight: number,
    widthWeight: number,
  ): void;
  configureEnd(squared: boolean, scale: number, cap: number, nothing: number, clip: number): void;
  inputAt(): number;
  widen(count: number, sides: boolean): void;
  stepsAt(): number;
  outputAt(): number;
  begin(steps: number): void;
  beginOpen(plane: number): void;
  forward(planes: number): void;
  backward(planes: number): void;
}

let loaded: DistanceModule | "missing" | undefined;

/** @returns the module, compiled at the first call, or nothing where WebAssembly or its SIMD is missing. */
export function distanceModule(): DistanceModule | undefined {
  if (loaded === undefined) {
    try {
      const bytes = Uint8Array.from({ length: WASM_HEX.length / 2 }, (_, at) =>
        Number.parseInt(WASM_HEX.slice(2 * at, 2 * at + 2), 16),
      );
      loaded = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as unknown as DistanceModule;
    } catch (error) {
      // no WebAssembly, no SIMD, or a page whose policy forbids compiling: the TypeScript twin runs everywhere
      loaded = "missing";
      const reason = error instanceof Error ? error.message : String(error);
      console.warn(
        `Lossary: WebAssembly SIMD cannot measure distances here (${reason}); TypeScript does in its place, more slowly.`,
      );
    }
  }
  return loaded === "missing" ? undefined : loaded;
}
