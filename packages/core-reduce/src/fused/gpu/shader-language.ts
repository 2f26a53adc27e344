/**
 * Programs are written once, in the part of WGSL that GLSL has too, and said in GLSL for WebGL: functions, `let` and `var` with their types,
 * private variables, `if`, `for`, `select`. Inputs are read by tfjs's own `getLabels(n, i)` and the like, which both backends generate.
 */
export function glslOf(wgsl: string): string {
  return wgsl
    .replaceAll(
      /\bfn (\w+)\(([^)]*)\)(?: -> ([\w<>]+))? \{/g,
      (_, name: string, parameters: string, result = "void") => {
        return `${result} ${name}(${parameters.replaceAll(/(\w+): ([\w<>]+)/g, "$2 $1")}) {`;
      },
    )
    .replaceAll(/\bconst (\w+): ([\w<>]+)/g, "const $2 $1")
    .replaceAll(/\b(?:let|var|var<private>) (\w+): ([\w<>]+)/g, "$2 $1")
    .replaceAll("uniforms.", "")
    .replaceAll("bitcast<i32>", "floatBitsToInt")
    .replaceAll("bitcast<f32>", "intBitsToFloat")
    .replaceAll("vec4<f32>", "vec4")
    .replaceAll(/\bf32\b/g, "float")
    .replaceAll(/\bi32\b/g, "int");
}

/** What WGSL has by itself. */
export const glslPrelude = `
float select(float no, float yes, bool which) { return which ? yes : no; }
int select(int no, int yes, bool which) { return which ? yes : no; }
`;
