import type { ArrayKernel } from "./fused-kernel.ts";
import { instantiate, type SimdModule } from "./simd-module.ts";
import { type Simd, viewsOf } from "./simd-tiles.ts";

/** How kernels on arrays run. */
interface Choice {
  /** Whether loops run where there is a WebAssembly module, too. */
  loopsAlone: boolean;
  /** Voxels a tile, where it shall be smaller than a module allows; a multiple of 256. */
  readonly largestTile: number;
}

let choice: Choice = { loopsAlone: false, largestTile: Number.POSITIVE_INFINITY };
let instances = new Map<SimdModule, Simd>();

/** Lets kernels run in this way from now on, and forgets what was compiled and what could not be. For tests. */
export function chooseArrays(chosen: Partial<Choice> = {}): void {
  choice = { loopsAlone: false, largestTile: Number.POSITIVE_INFINITY, ...chosen };
  instances = new Map();
}

/** The module of a kernel, compiled on first use; nothing where it has none, or where WebAssembly SIMD cannot be had. */
export function simdOf({ simd }: ArrayKernel): Simd | undefined {
  if (simd === undefined || choice.loopsAlone) return undefined;
  const known = instances.get(simd.module);
  if (known) return known;
  try {
    const made = viewsOf(instantiate(simd.module), choice.largestTile);
    instances.set(simd.module, made);
    return made;
  } catch (error) {
    choice.loopsAlone = true;
    const reason = error instanceof Error ? error.message : String(error);
    console.warn(
      `Lossary: WebAssembly SIMD cannot be used here (${reason}); plain loops run in its place, more slowly.`,
    );
    return undefined;
  }
}
