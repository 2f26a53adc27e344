import type { Geometry } from "./geometry.ts";
import type { Finish, Settings } from "./options.ts";
import { createPortableTransform } from "./portable.ts";
import type { Transform } from "./transform.ts";
import { bytesOf, createShortLabelReader, readMask, type ShortLabelReader } from "./voxels.ts";
import type { DistanceModule } from "./wasm-module.ts";

/** Voxels that pass through the module's memory at a time: they fit into a core's own cache. */
const CHUNK = 131_072;

/** Beyond these the module's memory, or its sixteen-bit steps, would not do. */
const MOST_PLANE = 2 ** 22;
const MOST_DEPTH = 65_534;

/** @returns whether the module takes arrays of this shape. */
export function fitsModule({ depth, plane }: Geometry): boolean {
  return depth <= MOST_DEPTH && plane <= MOST_PLANE;
}

/** Longer lines would be halved so often that the time is not linear any more. */
const LONGEST_LINE = 4096;

/** @returns whether squares may be float32: whole ones are exact below 2^24, others are rounded anyway. */
function fitsFloats({ depth, height, width }: Geometry, unit: boolean): boolean {
  const exact = !unit || depth ** 2 + height ** 2 + width ** 2 < 2 ** 24;
  return exact && height <= LONGEST_LINE && width <= LONGEST_LINE;
}

/**
 * The transform in WebAssembly. Planes stream through the module's small memory in chunks, forwards for the scan and
 * backwards for everything else; the scan waits in the lower half of the output, as in the TypeScript twin.
 */
export function createWasmTransform(module: DistanceModule, geometry: Geometry, settings: Settings): Transform {
  const { depth, plane, steps, scale, voxels } = geometry;
  const chunk = Math.max(1, Math.min(depth, Math.floor(CHUNK / plane)));
  const outside = settings.border && geometry.realDepth;
  let scan: Uint16Array | undefined;
  let portable: Transform | undefined;

  const configure = (labels: boolean, end: Finish): void => {
    const unit = steps.every((step) => step === 1);
    const columns = geometry.realHeight && (geometry.height > 1 || settings.border);
    const narrow = fitsFloats(geometry, unit);
    const [d, h, w] = steps.map((step) => step * step) as [number, number, number];
    module.configure(geometry.height, geometry.width, chunk, columns, settings.border, labels, !unit, narrow, d, h, w);
    const clip = (end.squared ? end.cap : end.cap * end.cap) / (scale * scale);
    // a little above, so that the search stays exact below the cap whatever is rounded
    module.configureEnd(end.squared, scale, end.cap, end.nothing, unit ? Math.ceil(clip) : clip * (1 + 1e-6));
  };

  const scanIn = (out: Float32Array): Uint16Array => {
    if (scan?.buffer !== out.buffer || scan.byteOffset !== out.byteOffset) {
      scan = new Uint16Array(out.buffer as ArrayBuffer, out.byteOffset, voxels);
    }
    return scan;
  };

  /** Both sweeps over all chunks; `read` brings a chunk's input, and is asked again for labels on the way back. */
  const stream = (read: (from: number, to: number) => void, labels: boolean, out: Float32Array): void => {
    const { buffer } = module.memory;
    const once = chunk === depth;
    const waiting = scanIn(out);
    for (let z = 0; z < depth; z += chunk) {
      const planes = Math.min(chunk, depth - z);
      const from = z * plane;
      const size = planes * plane;
      read(from, from + size);
      if (z === 0) start(0, labels);
      module.forward(planes);
      if (!once) waiting.set(new Uint16Array(buffer, module.stepsAt(), size), from);
    }
    for (let z = Math.floor((depth - 1) / chunk) * chunk; z >= 0; z -= chunk) {
      const planes = Math.min(chunk, depth - z);
      const from = z * plane;
      const size = planes * plane;
      if (!once) {
        if (labels) read(from, from + size);
        new Uint16Array(buffer, module.stepsAt(), size).set(waiting.subarray(from, from + size));
      }
      if (z + planes === depth) start(planes - 1, labels);
      module.backward(planes);
      out.set(new Float32Array(buffer, module.outputAt(), size), from);
    }
  };

  const start = (end: number, labels: boolean): void => {
    // labels see the outside as a plane of label 0, masks as a plane of background itself
    if (!outside) module.beginOpen(end);
    else module.begin(labels ? 65_535 : 0);
  };

  return {
    backend: "wasm",
    transformMask(source, out, end) {
      configure(false, end);
      const bytes = bytesOf(source);
      const input = new Uint8Array(module.memory.buffer, module.inputAt(), chunk * plane);
      const read = (from: number, to: number): void => {
        if (bytes) input.set(bytes.subarray(from, to));
        else readMask(source, from, to, input);
      };
      stream(read, false, out);
    },
    transformLabels(source, out, end, sides) {
      const bytes = bytesOf(source);
      if (bytes) {
        configure(true, end);
        const { buffer } = module.memory;
        const read = (from: number, to: number): void => {
          new Uint8Array(buffer, module.inputAt() + to - from, to - from).set(bytes.subarray(from, to));
          module.widen(to - from, sides);
        };
        stream(read, true, out);
        return;
      }
      const reader: ShortLabelReader | undefined = createShortLabelReader(source, sides);
      if (reader === undefined) {
        portable ??= createPortableTransform(geometry, settings);
        portable.transformLabels(source, out, end, sides);
        return;
      }
      configure(true, end);
      const input = new Uint16Array(module.memory.buffer, module.inputAt(), chunk * plane);
      stream((from, to) => reader(from, to, input), true, out);
    },
  };
}
