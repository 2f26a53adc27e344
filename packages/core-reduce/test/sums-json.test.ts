import { crossEntropySums, overlap, type SumsJSON, sumsFromJSON, sumsToJSON } from "@lossary/core-reduce";
import { onEachBackend, readNumbers } from "@lossary/test-kit";
import { type Tensor, tensor2d, tensor3d } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";

const truth = () => tensor3d([[[1], [0], [1]]]);
const guess = () => tensor3d([[[0.9], [0.2], [0.6]]]);

onEachBackend("sums as JSON", () => {
  it("come back bit by bit, a third and the smallest float32 among them", async () => {
    const values = [1 / 3, 2 ** -149, 16777215, -0.1, 3.4028234663852886e38, 0];
    const sums = { squaredErrors: tensor2d(values, [2, 3]) };
    const { squaredErrors } = sumsFromJSON(JSON.stringify(await sumsToJSON(sums))) as { squaredErrors: Tensor };
    expect(squaredErrors.shape).toEqual([2, 3]);
    expect(await squaredErrors.data()).toEqual(await sums.squaredErrors.data());
  });

  it("are the sums that were made: overlap and cross entropy", async () => {
    const sums = overlap(truth(), guess());
    const read = sumsFromJSON(await sumsToJSON(sums), "overlap");
    for (const name of Object.keys(sums) as (keyof typeof sums)[]) {
      expect(await readNumbers(read[name]), name).toEqual(await readNumbers(sums[name]));
    }
    const exclusive = crossEntropySums(truth(), guess(), { multiLabel: false });
    expect(Object.keys(sumsFromJSON(await sumsToJSON(exclusive), "crossEntropy"))).toEqual([
      "positives",
      "labelled",
      "valid",
    ]);
    const channels = await sumsToJSON(crossEntropySums(truth(), guess()));
    expect(sumsFromJSON(channels, "crossEntropy")).toHaveProperty("negatives");
  });
});

describe("what is no JSON of sums is refused", () => {
  const entry = { shape: [1, 2], values: [1, 2] };
  const json = (sums: object, others: object = {}) =>
    ({ format: "lossary-sums", version: 1, sums, ...others }) as SumsJSON;

  it.each([
    ["text", "{", "sumsFromJSON: json is no JSON: "],
    [
      "another format",
      { sums: {} },
      'sumsFromJSON: json must be { "format": "lossary-sums", "version": 1, "sums": {...} }',
    ],
    ["nothing", null, "sumsFromJSON: json must be"],
    ["another version", json({}, { version: 2 }), "sumsFromJSON: json.version must be 1, the only one"],
    [
      "a shape that is none",
      json({ valid: { shape: [1.5, 2], values: [1, 2, 3] } }),
      "sumsFromJSON: json.sums.valid.shape must be [batch, classes], or [batch, classes, classes] (got [1.5, 2])",
    ],
    ["a shape that is flat", json({ valid: { shape: [2], values: [1, 2] } }), "json.sums.valid.shape must be [batch"],
    ["an entry that is none", json({ valid: 3 }), "sumsFromJSON: json.sums.valid.shape must be"],
    [
      "too few values",
      json({ valid: { shape: [1, 2], values: [1] } }),
      "sumsFromJSON: json.sums.valid.values must be 2 finite numbers (got [1])",
    ],
    [
      "text for a value",
      json({ valid: { shape: [1, 2], values: [1, "2"] } }),
      'must be 2 finite numbers (got [1, "2"])',
    ],
    [
      "other rows",
      json({ labelled: entry, valid: { shape: [2, 1], values: [1, 2] } }),
      "sumsFromJSON: json.sums.valid.shape must be of 1 rows like the other sums (got [2, 1])",
    ],
  ])("%s", (_, given, message) => {
    expect(() => sumsFromJSON(given as SumsJSON)).toThrow(message);
  });

  it("names that a kind does not have, or misses", () => {
    const sums = { positives: entry, labelled: entry, valid: entry };
    expect(() => sumsFromJSON(json(sums), "overlap")).toThrow(
      'sumsFromJSON: sums of kind "overlap" must have intersection (got positives, labelled, valid)',
    );
    expect(() => sumsFromJSON(json({ ...sums, intersection: entry }), "crossEntropy")).toThrow(
      'sumsFromJSON: sums of kind "crossEntropy" have no "intersection"',
    );
    expect(() => sumsFromJSON(json(sums), "dice" as "overlap")).toThrow(
      'sumsFromJSON: kind must be "overlap" or "crossEntropy" (got "dice")',
    );
  });

  it("numbers that JSON does not hold", async () => {
    await expect(sumsToJSON({ valid: tensor2d([[Number.NaN]]) })).rejects.toThrow(
      "sumsToJSON: sums.valid must be finite numbers (got NaN)",
    );
  });
});
