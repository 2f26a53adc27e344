import type { GPGPUProgram, MathBackendWebGL } from "@tensorflow/tfjs-backend-webgl";
import type { KernelBackend } from "@tensorflow/tfjs-core";
import type { Gpu, Program } from "./program.ts";
import { glslOf, glslPrelude } from "./shader-language.ts";

/** Runs programs on tfjs's WebGL backend. */
export function webgl(given: KernelBackend): Gpu {
  const backend = given as MathBackendWebGL;
  return {
    run: (program) => {
      const { floats = {}, integers, inputs, shape, width } = program;
      const values = [...Object.values(integers), ...Object.values(floats)].map((value) => [value]);
      const output = backend.runWebGLProgram(shaderOf(program), Object.values(inputs), "float32", values, true);
      return width === 4 ? output : { ...output, shape: [...shape] };
    },
    dispose: ({ dataId }) => void backend.disposeData(dataId),
  };
}

/**
 * A fragment is one value. Four numbers are one texel of a packed texture, which tfjs takes for two rows and two columns of an array:
 * so a wide result is twice as high and twice as wide as its shape. Shapes are part of a program: with shapes as uniforms, tfjs takes programs for
 * one that it writes differently (its key of a squeezed packed shape leaves out whether the texture has that shape), and sums come out wrong.
 */
function shaderOf({ source, shape, width, inputs, integers, floats = {}, readsWide = false }: Program): GPGPUProgram {
  const isWide = width === 4;
  const [depth, rows, columns] = shape;
  const step = isWide ? 2 : 1;
  const wideAt = readsWide ? "vec4 wideAt(int n, int i, int c) { return getPartial(n, 2 * i, 2 * c); }" : "";
  return {
    variableNames: Object.keys(inputs),
    outputShape: [depth, step * rows, step * columns],
    packedInputs: readsWide,
    packedOutput: isWide,
    customUniforms: [
      ...Object.keys(integers).map((name) => ({ name, type: "int" as const })),
      ...Object.keys(floats).map((name) => ({ name, type: "float" as const })),
    ],
    // tfjs tells programs apart by their text alone, and sets inputs and uniforms by their places in the lists
    userCode: `// ${[inputs, integers, floats].flatMap(Object.keys).join(" ")}
      ${glslPrelude}
      ${wideAt}
      ${glslOf(source)}
      void main() {
        ivec3 at = getOutputCoords();
        setOutput(valueAt(at.x, at.y / ${step}, at.z / ${step}));
      }`,
  };
}
