import { addSums, overlap, splitSums, stackSums } from "@lossary/core-reduce";
import { onEachBackend, readNumbers } from "@lossary/test-kit";
import { grad, memory, sum, type Tensor, tensor2d, tensor3d } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";

const two = () => ({ intersection: tensor2d([[1], [2]]), valid: tensor2d([[4], [5]]) });
const one = () => ({ intersection: tensor2d([[3]]), valid: tensor2d([[6]]) });

onEachBackend("addSums", () => {
  it("adds entry by entry, row by row", async () => {
    const { intersection, valid } = addSums([two(), two(), two()]);
    expect(await readNumbers(intersection)).toEqual([3, 6]);
    expect(await readNumbers(valid)).toEqual([12, 15]);
  });

  it("makes one row of all rows over the batch", async () => {
    const { intersection, valid } = addSums([two(), one()], { over: "batch" });
    expect([intersection.shape, valid.shape]).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(await readNumbers(intersection)).toEqual([6]);
    expect(await readNumbers(valid)).toEqual([15]);
  });

  it("leaves alone what it is given, and nothing else", async () => {
    const given = two();
    const before = memory().numTensors;
    const added = addSums([given]);
    expect(memory().numTensors).toBe(before + 2);
    added.intersection.dispose();
    expect(await readNumbers(given.intersection)).toEqual([1, 2]);
  });

  it("lets gradients through to each record", async () => {
    const truth = tensor3d([[[1], [0]]]);
    const slopes = grad((p: Tensor) => {
      const { falsePositives } = addSums([overlap(truth, p), overlap(truth, p)], { over: "batch" });
      return sum(falsePositives);
    })(tensor3d([[[0.9], [0.2]]]));
    expect(await readNumbers(slopes)).toEqual([0, 2]); // 0.2 is a false positive in both
  });
});

onEachBackend("stackSums and splitSums", () => {
  it("put rows below one another and take them apart again", async () => {
    const all = stackSums([two(), one()]);
    expect(await readNumbers(all.intersection)).toEqual([1, 2, 3]);
    const [first, second] = splitSums(all, [2, 1]);
    expect(first && (await readNumbers(first.valid))).toEqual([4, 5]);
    expect(second && (await readNumbers(second.valid))).toEqual([6]);
  });
});

describe("sums that do not fit together", () => {
  it.each([
    ["no record", () => addSums([]), "addSums: records must be a list of records of sums (got [])"],
    [
      "another number of rows",
      () => addSums([two(), one()]),
      "addSums: records[1].intersection must be [2,1] like records[0] (got float32 tensor [1,1])",
    ],
    [
      "another number of classes",
      () => addSums([one(), { ...one(), intersection: tensor2d([[1, 2]]) }], { over: "batch" }),
      "addSums: records[1].intersection must be any number of rows and then [1] like records[0] (got float32 tensor [1,2])",
    ],
    [
      "another name",
      () => stackSums([one(), { intersection: tensor2d([[1]]), sum: tensor2d([[1]]) } as never]),
      'stackSums: records[1] must be sums ["intersection", "valid"] like records[0] (got ["intersection", "sum"])',
    ],
    ["a number", () => addSums([{ valid: 3 }]), "addSums: records[0].valid must be a tensor (got 3)"],
    [
      "rows that are not there",
      () => splitSums(two(), [1, 2]),
      "splitSums: rows must be numbers that add up to the 2 rows of intersection (got [1, 2])",
    ],
  ])("are refused: %s", (_, call, message) => {
    expect(call).toThrow(message);
  });
});
