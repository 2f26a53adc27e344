import { alongSlopes, overlap, slopesOfSums, sumsFromJSON, sumsToJSON } from "@lossary/core-reduce";
import { onEachBackend, readNumbers } from "@lossary/test-kit";
import {
  add,
  div,
  memory,
  mul,
  square,
  sum,
  type Tensor,
  tensor2d,
  tensor3d,
  variable,
  variableGrads,
} from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";

const record = () => ({ intersection: tensor2d([[2, 3]]), falsePositives: tensor2d([[1, 4]]), valid: tensor2d([[8]]) });
type Record = ReturnType<typeof record>;

onEachBackend("slopesOfSums", () => {
  it("is the loss and its slope in each sum: of sum I² / N at I = 2, 3 and N = 8, 13/8 and 2 I / 8", async () => {
    const { value, slopes } = slopesOfSums(
      ({ intersection, valid }: Record) => sum(div(square(intersection), valid)),
      record(),
    );
    expect(await readNumbers(value)).toEqual([1.625]);
    expect(await readNumbers(slopes.intersection)).toEqual([0.5, 0.75]);
  });

  it("is 0 where the loss does not look, and nothing where no prediction has a say", async () => {
    const { slopes } = slopesOfSums(({ intersection }: Record) => sum(intersection), record());
    expect(await readNumbers(slopes.falsePositives)).toEqual([0, 0]);
    expect(Object.keys(slopes)).toEqual(["intersection", "falsePositives"]);
  });

  it("keeps no tensor but what it returns", () => {
    const sums = record();
    const before = memory().numTensors;
    slopesOfSums(({ intersection }: Record) => sum(square(intersection)), sums);
    expect(memory().numTensors).toBe(before + 3);
  });
});

onEachBackend("alongSlopes", () => {
  it("has the slopes as its gradient: 3 FP - 2 I of w times (.5, .25) is -2 x .5 + 3 x .25 = -.25", async () => {
    const truth = tensor3d([[[1], [0]]]);
    const w = variable(tensor2d([[1]]));
    const { value, grads } = variableGrads(() => {
      const sums = overlap(truth, mul(w, tensor3d([[[0.5], [0.25]]])) as Tensor);
      return alongSlopes(sums, { intersection: tensor2d([[-2]]), falsePositives: tensor2d([[3]]) });
    });
    expect(await readNumbers(value)).toBeClose([-0.25]);
    expect(await readNumbers(grads[w.name] as Tensor)).toBeClose([-0.25]);
  });

  it("takes slopes that came as JSON", async () => {
    const { slopes } = slopesOfSums(({ intersection }: Record) => sum(square(intersection)), record());
    const received = sumsFromJSON(JSON.stringify(await sumsToJSON(slopes)));
    const { intersection, falsePositives } = record();
    const along = alongSlopes({ intersection, falsePositives }, received);
    expect(await readNumbers(along)).toEqual([2 * 4 + 3 * 6]);
  });
});

describe("slopes", () => {
  it("are refused of a loss that is no scalar", () => {
    expect(() => slopesOfSums(({ intersection }: Record) => add(intersection, 1), record())).toThrow(
      "slopesOfSums: loss must be a function that returns a scalar (got float32 tensor [1,2])",
    );
  });

  it("are refused without a sum, and in another shape", () => {
    expect(() => alongSlopes({ valid: tensor2d([[1]]) }, { intersection: tensor2d([[1]]) } as never)).toThrow(
      'alongSlopes: there are no sums of the slope "intersection"; there are valid',
    );
    expect(() => alongSlopes(record(), { intersection: tensor2d([[1], [2]]) })).toThrow(
      "alongSlopes: slopes.intersection must be [1,2] like the sums (got float32 tensor [2,1])",
    );
  });
});
