import { onEachBackend, readNumbers } from "@lossary/test-kit";
import { tensor3d } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { activate, sumOfOthers } from "../src/activation.ts";

onEachBackend("the softmax of three classes", () => {
  it("of logits ln 1, ln 2, ln 5 is 1/8, 2/8, 5/8, and 1 - p is 7/8, 6/8, 3/8", async () => {
    const logits = [1, 2, 5, 1, 2, 5, 1, 2, 5].map(Math.log);
    const { probability, complement } = activate(tensor3d(logits, [1, 3, 3]), "softmax");
    expect(await readNumbers(probability)).toBeClose([1, 2, 5, 1, 2, 5, 1, 2, 5].map((part) => part / 8));
    expect(await readNumbers(complement)).toBeClose([7, 6, 3, 7, 6, 3, 7, 6, 3].map((part) => part / 8));
  });
});

onEachBackend("sumOfOthers", () => {
  it("adds 10 + 100, 1 + 100, 1 + 10", async () => {
    expect(await readNumbers(sumOfOthers(tensor3d([1, 10, 100], [1, 1, 3])))).toEqual([110, 101, 11]);
  });
});
