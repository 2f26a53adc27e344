import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Program } from "./program.ts";
import type { GpuCall } from "./voxel-programs.ts";

/** The smallest value of each window. */
export function windowMinimumOnGpu(call: GpuCall): TensorInfo {
  const body = `
      var least: f32 = getPredictions(n, i, c);
      ${eachNeighbour(call, (at) => `least = min(least, getPredictions(n, ${at}, c));`)}
      return least;`;
  return call.gpu.run(programOf(call, "window minimum", body, { predictions: call.inputs.predictions as TensorInfo }));
}

/** The gradient of the smallest values; those that are equally small share that of their window, which is shared out first. */
export function windowMinimumGradientOnGpu(call: GpuCall): TensorInfo {
  const { predictions, least, upstream } = call.inputs as Record<"predictions" | "least" | "upstream", TensorInfo>;
  const sharing = `
      let smallest: f32 = getLeast(n, i, c);
      var ties: f32 = select(0.0, 1.0, getPredictions(n, i, c) == smallest);
      ${eachNeighbour(call, (at) => `ties += select(0.0, 1.0, getPredictions(n, ${at}, c) == smallest);`)}
      return getUpstream(n, i, c) / ties;`;
  const shares = call.gpu.run(programOf(call, "window shares", sharing, { predictions, least, upstream }));
  const gathering = `
      let x: f32 = getPredictions(n, i, c);
      var sum: f32 = select(0.0, getShares(n, i, c), x == getLeast(n, i, c));
      ${eachNeighbour(call, (at) => `if (x == getLeast(n, ${at}, c)) { sum += getShares(n, ${at}, c); }`)}
      return sum;`;
  const gradient = call.gpu.run(programOf(call, "window gradient", gathering, { predictions, least, shares }));
  call.gpu.dispose(shares);
  return gradient;
}

function programOf({ inputs, attributes }: GpuCall, name: string, body: string, read: Program["inputs"]): Program {
  const { spatial, axes } = attributes as unknown as { spatial: readonly number[]; axes: readonly number[] };
  const inner = (axis: number) => spatial.slice(axis + 1).reduce((size, side) => size * side, 1);
  return {
    name: `${name} along ${axes.length}`,
    source: `
    fn valueAt(n: i32, i: i32, c: i32) -> f32 {${body}
    }`,
    shape: (inputs.predictions as TensorInfo).shape as [number, number, number],
    width: 1,
    inputs: read,
    integers: Object.fromEntries(
      axes.flatMap((axis, index) => [
        [`inner${index}`, inner(axis)],
        [`side${index}`, spatial[axis] as number],
      ]),
    ),
  };
}

/** What is done at the neighbours of voxel `i` that are there: one step back and one ahead along each axis. */
function eachNeighbour({ attributes }: GpuCall, visit: (at: string) => string): string {
  const step = (index: number) => `
      let line${index}: i32 = i / uniforms.inner${index};
      let place${index}: i32 = line${index} - line${index} / uniforms.side${index} * uniforms.side${index};
      if (place${index} > 0) { ${visit(`i - uniforms.inner${index}`)} }
      if (place${index} < uniforms.side${index} - 1) { ${visit(`i + uniforms.inner${index}`)} }`;
  return (attributes.axes as readonly number[]).map((_, index) => step(index)).join("");
}
