import {
  borderWeightMapAsync,
  distanceMapAsync,
  hausdorffFieldAsync,
  penaltyMapAsync,
  signedDistanceMapAsync,
} from "@lossary/distance-map";
import { grad, mean, type Scalar, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import type { LossCall } from "../catalogue/call.ts";
import { lossFunction } from "./loss-functions.ts";
import type { Job, MapName, Outcome, Shifts } from "./protocol.ts";

const maps: Readonly<Record<MapName, (labels: Tensor, options: { classes: number }) => Promise<Tensor>>> = {
  distanceMap: distanceMapAsync,
  signedDistanceMap: signedDistanceMapAsync,
  penaltyMap: penaltyMapAsync,
  hausdorffField: hausdorffFieldAsync,
  borderWeightMap: borderWeightMapAsync,
};

/** The value of a loss on the masks of a job. */
export function lossValue(job: Job, call: LossCall): Promise<Outcome<number>> {
  return read(
    () => tidy(() => mean(lossFunction(call)(labelsOf(job), predictionsOf(job, call)))),
    ([value]) => value as number,
  );
}

/** The gradient of a loss in each of its predictions, `[size, size, channels]`. */
export function lossGradient(job: Job, call: LossCall): Promise<Outcome<Float32Array>> {
  return read(
    () =>
      tidy(() => {
        const labels = labelsOf(job);
        const loss = (predictions: Tensor) => mean(lossFunction(call)(labels, predictions)) as Scalar;
        return grad(loss)(predictionsOf(job, call));
      }),
    (values) => values,
  );
}

/** A map of distances of a mask, `[size, size, channels]`. */
export async function maskMap({ mapped, size, channels }: Job, name: MapName): Promise<Outcome<Float32Array>> {
  const labels = tensor(mapped, [1, size, size], "int32");
  try {
    return await read(
      () => maps[name](labels, { classes: channels }),
      (values) => values,
    );
  } finally {
    labels.dispose();
  }
}

/** A loss of the prediction moved sideways, pixel by pixel; what moves in at the edge is the edge. */
export async function shiftedValues(
  job: Job,
  call: LossCall,
  pixels: readonly number[],
  goOn: () => Promise<boolean>,
): Promise<Outcome<Shifts> | undefined> {
  const values: number[] = [];
  for (const by of pixels) {
    const predictions = { ...job.predictions, [call.predictions]: moved(job, job.predictions[call.predictions], by) };
    const outcome = await lossValue({ ...job, predictions }, call);
    if ("error" in outcome) return outcome;
    values.push(outcome.value);
    if (!(await goOn())) return undefined;
  }
  return { value: { pixels, values } };
}

function moved({ size, channels }: Job, values: Float32Array, by: number): Float32Array {
  return values.map((_, i) => {
    const pixel = Math.floor(i / channels);
    const column = Math.min(size - 1, Math.max(0, (pixel % size) - by));
    return values[(pixel - (pixel % size) + column) * channels + (i % channels)] as number;
  });
}

function labelsOf({ labels, size }: Job): Tensor {
  return tensor(labels, [1, size, size], "int32");
}

function predictionsOf({ predictions, size, channels }: Job, call: LossCall): Tensor {
  return tensor(predictions[call.predictions], [1, size, size, channels], "float32");
}

/** Makes a tensor, reads it without waiting for the device, and lets it go; errors are told as they are. */
async function read<Value>(
  make: () => Tensor | Promise<Tensor>,
  valueFrom: (values: Float32Array) => Value,
): Promise<Outcome<Value>> {
  let made: Tensor | undefined;
  try {
    made = await make();
    return { value: valueFrom((await made.data()) as Float32Array) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  } finally {
    made?.dispose();
  }
}
