import { env } from "@tensorflow/tfjs-core";
import type { GpuBackend } from "./register.ts";

/** Whether a backend holds half floats alone, up to 65504 and of 11 bits; tfjs's own `floatPrecision` says 16 of a WebGL that renders 32 bits. */
export function hasHalfFloatsAlone(name: GpuBackend): boolean {
  return name === "webgl" && !env().getBool("WEBGL_RENDER_FLOAT32_ENABLED");
}
