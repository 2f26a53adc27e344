import { prepare, readOptions, sharedRules, weightsOf } from "@lossary/core-reduce";
import { onEachBackend, readNumbers } from "@lossary/test-kit";
import { getBackend, memory, tensor, zeros } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

const weightsFor = (labels: number[], options: object = {}) => {
  const settled = readOptions("loss", options, sharedRules);
  const indices = tensor(labels, [1, labels.length], "int32");
  return weightsOf(prepare("loss", indices, zeros([1, labels.length, 2]), settled));
};

onEachBackend("weightsOf class indices", () => {
  it("is nothing where all of them count and a look costs nothing, else 1 everywhere", async () => {
    const weights = weightsFor([0, 1, 1, 0]);
    if (getBackend() === "cpu" || getBackend() === "wasm") expect(weights).toBeUndefined();
    else expect(weights && (await readNumbers(weights))).toEqual([1, 1, 1, 1]);
  });

  it.each([
    [[0, 1, 255, 1], { ignoreLabel: 255 }],
    [[0, 1, 2, 1], { ignoreLabel: 2 }],
    [[0, 1, 1, 1], { ignoreLabel: 0 }, [0, 1, 1, 1]],
  ] as const)(
    "is 0 where one of %j is ignored by %j",
    async (labels, options, expected: readonly number[] = [1, 1, 0, 1]) => {
      const weights = weightsFor([...labels], options);
      expect(weights && (await readNumbers(weights))).toEqual(expected);
    },
  );

  it("leaves nothing behind", () => {
    const settled = readOptions("loss", {}, sharedRules);
    const problem = prepare("loss", tensor([0, 1], [1, 2], "int32"), zeros([1, 2, 2]), settled);
    const before = memory().numTensors;
    weightsOf(problem)?.dispose();
    expect(memory().numTensors).toBe(before);
  });
});
