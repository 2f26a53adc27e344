import type { LossCall } from "../catalogue/call.ts";
import { lossNamed } from "../catalogue/losses.ts";
import type { BackendName } from "../compute/backend-names.ts";
import { largestLogit, slope } from "./prediction.ts";
import type { Scene } from "./scene.ts";

/** The program that computes what the page shows: it runs as it stands, in Node or in a browser. */
export function codeOf(scene: Scene, call: LossCall, backend: BackendName): string {
  const { size, channels } = scene;
  const { wanted, statements } = predictionOf(scene, call);
  return `${imports(call, backend)}

/** Class indices of ${size} x ${size} pixels from lengths of runs: of class 0, 1${channels > 2 ? ", 2" : ""}, 0, 1 and so on, row by row. */
const mask = (classes: number, runs: number[]) =>
  tf.tensor(runs.flatMap((length, i) => Array<number>(length).fill(i % classes)), [1, ${size}, ${size}], "int32");

const truth = mask(${Math.max(2, channels)}, ${runsOf(scene.truth, Math.max(2, channels))});
const painted = mask(${Math.max(2, channels)}, ${runsOf(scene.prediction, Math.max(2, channels))});

${statements}

const loss = (${wanted}: tf.Tensor) => ${callText(call, wanted)} as tf.Scalar;
console.log("${call.name}", ...(await loss(${wanted}).data()));

const gradient = tf.grad(loss)(${wanted});
console.log("largest gradient", ...(await tf.max(tf.abs(gradient)).data()));
`;
}

function imports({ name, blob }: LossCall, backend: BackendName): string {
  const byPackage = Map.groupBy(blob ? [name, blob.loss] : [name], (used) => lossNamed(used)?.package);
  const lines = [...byPackage].map(([of, names]) => `import { ${names.sort().join(", ")} } from "${of}";`);
  lines.push(`import * as tf from "@tensorflow/tfjs";`);
  if (backend === "wasm" || backend === "webgpu") lines.push(`import "@tensorflow/tfjs-backend-${backend}";`);
  return `${[`import { signedDistanceMapAsync } from "@lossary/distance-map";`, ...lines].join("\n")}

await tf.setBackend("${backend}");`;
}

/** What the loss takes for a prediction, made of the painted mask. */
function predictionOf(scene: Scene, { predictions }: LossCall): { wanted: string; statements: string } {
  const { channels, confidence, softness } = scene;
  const limit = round(largestLogit(confidence, channels));
  const distances = `// distances to the border of what was painted, negative inside
const distances = await signedDistanceMapAsync(painted, { classes: ${channels}, zeroAt: "between", noBackground: "diagonal" });`;
  if (predictions === "distances") return { wanted: "distances", statements: distances };
  const softening = softness === 0 ? 1e-6 : round(1 / slope(softness, channels));
  const scaled = softening === 1 ? "tf.neg(distances)" : `tf.div(distances, ${-softening})`;
  const logits = `${distances}
// the painted class has a probability of ${confidence} far from its border
const logits = tf.clipByValue(${scaled}, -${limit}, ${limit});`;
  if (predictions === "logits") return { wanted: "logits", statements: logits };
  const activation = channels === 1 ? "sigmoid" : "softmax";
  return { wanted: "probabilities", statements: `${logits}\nconst probabilities = tf.${activation}(logits);` };
}

function callText({ name, options, blob }: LossCall, wanted: string): string {
  const text = (record: object) => (Object.keys(record).length === 0 ? "" : `, ${literal(record)}`);
  const called = blob ? `${name}(${blob.loss}${text(blob.weights)})` : name;
  return `${called}(truth, ${wanted}${text(options)})`;
}

/** A value as somebody would write it. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, entry]) => `${name}: ${literal(entry)}`)
    .join(", ")} }`;
}

/** A number to the last digit of a float32. */
function round(value: number): number {
  return Number(value.toPrecision(9));
}

/** The lengths of runs of classes 0, 1, 2 and so on in turn; a class that does not come next has a run of length 0. */
function runsOf(mask: Uint8Array, classes: number): string {
  const runs: number[] = [];
  let next = 0;
  for (let pixel = 0; pixel < mask.length; ) {
    let end = pixel;
    while (end < mask.length && mask[end] === next) end++;
    runs.push(end - pixel);
    pixel = end;
    next = (next + 1) % classes;
  }
  const lines: string[] = [];
  for (const run of runs) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + String(run).length < 112) lines[lines.length - 1] = `${last} ${run},`;
    else lines.push(`${run},`);
  }
  return lines.length === 1 ? `[${(lines[0] as string).slice(0, -1)}]` : `[\n  ${lines.join("\n  ")}\n]`;
}
