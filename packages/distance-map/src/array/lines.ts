import { buildEnvelope, type Envelope, SHORT, transformRun } from "./envelope.ts";
import { finish, isPlain } from "./finish.ts";
import type { Finish } from "./options.ts";

/** Transforms the line `values[start, end)` in place; its runs lie between background voxels, whose height is 0. */
export function transformMaskLine(
  values: Float64Array,
  start: number,
  end: number,
  border: boolean,
  weight: number,
  limit: number,
  envelope: Envelope,
): void {
  let p = start;
  while (p < end) {
    while (p < end && values[p] === 0) p++;
    if (p === end) return;
    const from = p;
    while (p < end && values[p] !== 0) p++;
    transformRun(values, from, p, border || from > start, border || p < end, weight, limit, envelope);
  }
}

/** Transforms the line `values[start, end)` and writes its results to `out` from `at` on; returns the largest square. */
export function writeMaskLine(
  values: Float64Array,
  start: number,
  end: number,
  border: boolean,
  weight: number,
  limit: number,
  envelope: Envelope,
  out: Float32Array,
  at: number,
  scale: number,
  result: Finish,
): number {
  if (!isPlain(result)) {
    transformMaskLine(values, start, end, border, weight, limit, envelope);
    return finish(values, start, out, at, end - start, scale, result);
  }
  const away = at - start;
  let largest = 0;
  let p = start;
  while (p < end) {
    while (p < end && values[p] === 0) out[away + p++] = 0;
    if (p === end) break;
    const from = p;
    while (p < end && values[p] !== 0) p++;
    const left = border || from > start;
    const right = border || p < end;
    let most = 0;
    if (p - from > SHORT) {
      const top = buildEnvelope(values, from, p - from, left, right, weight, limit, envelope);
      most = writeRun(envelope, top, p - from, weight, out, away + from, scale);
    } else {
      transformRun(values, from, p, left, right, weight, limit, envelope);
      most = finish(values, from, out, away + from, p - from, scale, result);
    }
    if (most > largest) largest = most;
  }
  return largest;
}

/** The distances under an envelope; returns the largest square, which stands at an end of a parabola's stretch. */
function writeRun(
  { position, height, begin }: Envelope,
  top: number,
  length: number,
  weight: number,
  out: Float32Array,
  at: number,
  scale: number,
): number {
  let largest = 0;
  let p = 0;
  for (let parabola = 0; parabola <= top; parabola++) {
    const here = position[parabola] as number;
    const level = height[parabola] as number;
    const end = parabola < top ? Math.min(length, Math.ceil(begin[parabola + 1] as number)) : length;
    if (p >= end) continue;
    const near = p - here;
    const far = end - 1 - here;
    largest = Math.max(largest, level + weight * near * near, level + weight * far * far);
    for (; p < end; p++) {
      const steps = p - here;
      out[at + p] = Math.sqrt(level + weight * steps * steps) * scale;
    }
  }
  return largest;
}

/** Transforms the line `values[start, end)` in place; its runs are those of equal labels. */
export function transformLabelLine(
  values: Float64Array,
  labels: Int32Array,
  start: number,
  end: number,
  border: boolean,
  weight: number,
  envelope: Envelope,
): void {
  let p = start;
  while (p < end) {
    const from = p;
    const label = labels[p];
    while (p < end && labels[p] === label) p++;
    // background itself sees no border
    const outside = border && label !== 0;
    transformRun(values, from, p, outside || from > start, outside || p < end, weight, Number.MAX_VALUE, envelope);
  }
}
