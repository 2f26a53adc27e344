import { signedDistanceMap } from "@lossary/distance-map";
import "@tensorflow/tfjs";
import {
  abs,
  clipByValue,
  grad,
  max,
  mean,
  mul,
  type Scalar,
  setBackend,
  sigmoid,
  softmax,
  type Tensor,
  tensor,
  tidy,
} from "@tensorflow/tfjs-core";
import { callOf } from "../src/catalogue/call.ts";
import { losses, lossNamed } from "../src/catalogue/losses.ts";
import { lossFunction } from "../src/compute/loss-functions.ts";
import { type PageState, readLink } from "../src/scene/link.ts";
import type { Scene } from "../src/scene/scene.ts";

/** What the library makes of a state, in Node on the cpu backend: a value, or the message of its error. */
export async function libraryValues(fragment: string): Promise<Record<string, number | string>> {
  const { state, problems } = readLink(fragment);
  if (problems.length > 0) throw new Error(problems.join());
  await setBackend("cpu");
  return Object.fromEntries(losses.map(({ name }) => [name, valueOrError(() => evaluated(state, name).loss)]));
}

/** The largest size of a gradient of a loss in a state. */
export async function largestGradient(fragment: string): Promise<number> {
  await setBackend("cpu");
  const { state } = readLink(fragment);
  return evaluated(state, state.loss).largest;
}

function evaluated({ scene, settings, form }: PageState, name: string): { loss: number; largest: number } {
  const loss = lossNamed(name);
  if (!loss) throw new Error(`no loss ${name}`);
  const { size, channels, truth } = scene;
  const call = callOf(loss, settings[name] ?? {}, channels, form);
  return tidy(() => {
    const labels = tensor(Int32Array.from(truth), [1, size, size], "int32");
    const lossOf = (predictions: Tensor) => mean(lossFunction(call)(labels, predictions)) as Scalar;
    const predictions = predictionsOf(scene)[call.predictions];
    return {
      loss: lossOf(predictions).dataSync()[0] as number,
      largest: max(abs(grad(lossOf)(predictions))).dataSync()[0] as number,
    };
  });
}

/** A painted mask as predictions, by the tensors of the library and with formulas of their own. */
function predictionsOf({ size, channels, prediction, confidence, softness }: Scene) {
  const painted = tensor(Int32Array.from(prediction), [1, size, size], "int32");
  const distances = signedDistanceMap(painted, { classes: channels, zeroAt: "between", noBackground: "diagonal" });
  // one of C logits is a, the others are -a, or one channel has a: the painted class has the probability c
  const odds = confidence / (1 - confidence);
  const limit = channels === 1 ? Math.log(odds) : 0.5 * Math.log(odds * (channels - 1));
  const steepness = softness === 0 ? 1e6 : (channels === 1 ? 1 : 0.5) / softness;
  const logits = clipByValue(mul(distances, -steepness), -limit, limit);
  return { distances, logits, probabilities: channels === 1 ? sigmoid(logits) : softmax(logits) };
}

function valueOrError(evaluate: () => number): number | string {
  try {
    return evaluate();
  } catch (error) {
    return (error as Error).message;
  }
}
