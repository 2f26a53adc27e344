import { lossCatalogue } from "@lossary/catalogue";
import { kernelFor } from "@lossary/core-reduce";
import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { slopesOf } from "../pictures/losses.ts";
import { lesion, lesionLogits } from "../pictures/scene.ts";

const processors = ["webgl", "webgpu"] as const;

/** Which of a loss's reductions runs fused on which backend, as the library itself tells it. */
export async function backends(): Promise<string> {
  const kernels = new Map<string, readonly string[]>();
  for (const { name } of lossCatalogue) kernels.set(name, await kernelsOf(name));
  const all = [...new Set([...kernels.values()].flat())].sort();
  const isFused = new Map(all.map((name) => [`cpu ${name}`, kernelFor(name) !== "portable"]));
  // which kernels WebGL has depends on what its textures hold; this flag comes with the backend that is not here
  tf.env().registerFlag("WEBGL_RENDER_FLOAT32_ENABLED", () => true);
  for (const backend of processors) {
    // Nothing is computed on it: a backend of this name, asked which kernels it has.
    tf.registerBackend(backend, () => new MathBackendCPU());
    tf.setBackend(backend);
    for (const name of all) isFused.set(`${backend} ${name}`, kernelFor(name) !== "portable");
  }
  tf.setBackend("cpu");
  for (const backend of processors) tf.removeBackend(backend);
  const short = (name: string): string => `\`${name.replace("Lossary", "")}\``;
  const rows = lossCatalogue.map(({ name }) => {
    const used = (kernels.get(name) ?? []).filter((kernel) => !kernel.endsWith("Gradient"));
    const cells = ["cpu", ...processors].map((backend) => {
      const portable = used.filter((kernel) => !isFused.get(`${backend} ${kernel}`));
      return portable.length === 0 ? "fused" : `${portable.map(short).join(", ")} portable`;
    });
    return `| \`${name}\` | ${used.map(short).join(", ")} | ${cells.join(" | ")} |`;
  });
  return ["| loss | reductions | cpu, wasm | webgl | webgpu |", "| --- | --- | --- | --- | --- |", ...rows].join("\n");
}

/** The kernels of ours that one forward and one backward pass run. */
async function kernelsOf(name: string): Promise<readonly string[]> {
  const { kernels } = await tf.profile(() => tf.tensor(slopesOf(name, lesion, lesionLogits)));
  return [...new Set(kernels.map((kernel) => kernel.name))].filter((kernel) => kernel.startsWith("Lossary")).sort();
}
