import {
  backend as currentBackend,
  dispose,
  grad,
  type KernelBackend,
  memory,
  sum,
  type Tensor,
  tidy,
} from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { effortOn } from "../backends.ts";
import { readNumbers, tensorsAmong, tensorsOf } from "../evaluate.ts";
import { plainCall } from "./examples.ts";
import type { Subject } from "./suite.ts";

/** Nothing leaks, nothing that the caller owns is disposed or changed. */
export function leavesNothingBehind(subject: Subject, backend: string): void {
  const { loss, variants } = subject;
  const { steps } = effortOn(backend);
  it(`leaks no tensor over ${steps} steps, and neither disposes nor changes its inputs`, async () => {
    const call = plainCall(subject, variants[0]);
    const { labels, predictions, options } = tensorsOf(call);
    const step = () => {
      dispose(loss(labels, predictions, options as never));
      dispose(tidy(() => grad((x: Tensor) => sum(loss(labels, x, options as never)))(predictions)));
    };
    step();
    const before = held();
    const asGiven = await Promise.all([labels, predictions].map(readNumbers));
    for (let i = 0; i < steps; i++) step();
    expect(held()).toEqual(before);
    expect(await Promise.all([labels, predictions].map(readNumbers))).toEqual(asGiven);
    for (const tensor of [labels, predictions, ...tensorsAmong(options)]) expect(tensor.isDisposed).toBe(false);
    dispose([labels, predictions, ...tensorsAmong(options)]);
  });

  it("is deterministic", async () => {
    const call = plainCall(subject, variants[0]);
    const { labels, predictions, options } = tensorsOf(call);
    const once = () => readNumbers(tidy(() => loss(labels, predictions, options as never)));
    expect(await once()).toEqual(await once());
    dispose([labels, predictions, ...tensorsAmong(options)]);
  });
}

/** What is held: tensors and their data as tfjs counts them, and the data of the backend, among which are those that a kernel forgets. */
function held() {
  const { numTensors, numDataBuffers } = memory();
  return { numTensors, numDataBuffers, ofBackend: (currentBackend() as KernelBackend).numDataIds() };
}
