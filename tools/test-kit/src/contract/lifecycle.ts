import { dispose, grad, memory, sum, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { tensorsAmong, tensorsOf } from "../evaluate.ts";
import { plainCall } from "./examples.ts";
import type { Subject } from "./suite.ts";

/** Nothing leaks, nothing that the caller owns is disposed or changed. */
export function leavesNothingBehind(subject: Subject): void {
  const { loss, variants } = subject;
  it("leaks no tensor over 100 steps, and neither disposes nor changes its inputs", () => {
    const call = plainCall(subject, variants[0]);
    const { labels, predictions, options } = tensorsOf(call);
    const step = () => {
      dispose(loss(labels, predictions, options as never));
      dispose(tidy(() => grad((x: Tensor) => sum(loss(labels, x, options as never)))(predictions)));
    };
    step();
    const before = memory();
    const asGiven = [labels, predictions].map((tensor) => Array.from(tensor.dataSync()));
    for (let i = 0; i < 100; i++) step();
    expect(memory().numTensors).toBe(before.numTensors);
    expect(memory().numDataBuffers).toBe(before.numDataBuffers);
    expect([labels, predictions].map((tensor) => Array.from(tensor.dataSync()))).toEqual(asGiven);
    for (const tensor of [labels, predictions, ...tensorsAmong(options)]) expect(tensor.isDisposed).toBe(false);
    dispose([labels, predictions, ...tensorsAmong(options)]);
  });

  it("is deterministic", () => {
    const call = plainCall(subject, variants[0]);
    const { labels, predictions, options } = tensorsOf(call);
    const once = () => Array.from(tidy(() => loss(labels, predictions, options as never)).dataSync());
    expect(once()).toEqual(once());
    dispose([labels, predictions, ...tensorsAmong(options)]);
  });
}
