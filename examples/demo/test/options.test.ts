import { add, type Tensor, tensor2d, tensor3d } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { describe, expect, it } from "vitest";
import { chooseLosses, defaultLosses, libraryLosses } from "../src/losses.ts";
import { help, readOptions } from "../src/options.ts";

describe("the command line", () => {
  it("needs no option", () => {
    expect(readOptions([])).toEqual({
      loss: defaultLosses,
      epochs: 12,
      seed: 1,
      backend: "wasm",
      out: "out/demo.html",
    });
  });

  it("takes every option", () => {
    const args = "--data d --loss diceLoss --epochs 3 --seed 4 --backend cpu --out r.html".split(" ");
    expect(readOptions(args)).toEqual({
      data: "d",
      loss: "diceLoss",
      epochs: 3,
      seed: 4,
      backend: "cpu",
      out: "r.html",
    });
  });

  it("asks for help, which names every option", () => {
    expect(readOptions(["--help"])).toBeUndefined();
    for (const option of ["--data", "--loss", "--epochs", "--seed", "--backend", "--out", "--help"]) {
      expect(help).toContain(option);
    }
  });

  it.each([
    [["--epochs", "0"], '--epochs: must be a whole number of at least 1, got "0"'],
    [["--seed", "x"], '--seed: must be a whole number of at least 0, got "x"'],
    [["--backend", "cuda"], '--backend: must be wasm or cpu, got "cuda"'],
    [["--lr", "1"], "Unknown option '--lr'"],
  ])("refuses %s", (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });
});

describe("losses by name", () => {
  it("are those that the packages export", async () => {
    const names = [...(await libraryLosses()).keys()];
    expect(names).toEqual(expect.arrayContaining(["crossEntropyLoss", "diceLoss"]));
    expect(names.every((name) => name.endsWith("Loss"))).toBe(true);
  });

  it("add up with a plus", async () => {
    const chosen = chooseLosses("diceLoss, crossEntropyLoss, diceLoss+crossEntropyLoss", await libraryLosses());
    const labels = tensor2d([[0, 1, 1]], [1, 3], "int32");
    const logits = tensor3d([
      [
        [1, 0],
        [0.5, 0.2],
        [-1, 2],
      ],
    ]);
    const [dice, crossEntropy, sum] = [...chosen.values()].map((loss) => loss(labels, logits)) as [
      Tensor,
      Tensor,
      Tensor,
    ];
    expect(sum.dataSync()[0]).toBeCloseTo(add(dice, crossEntropy).dataSync()[0] ?? Number.NaN, 6);
  });

  it("count less with a factor: Dice and a tenth of it are 1.1 Dice", async () => {
    const chosen = chooseLosses("diceLoss,diceLoss + 0.1 * diceLoss", await libraryLosses());
    const labels = tensor2d([[0, 1]], [1, 2], "int32");
    const logits = tensor3d([
      [
        [1, 0],
        [0, 0.5],
      ],
    ]);
    const [dice, more] = [...chosen.values()].map((loss) => loss(labels, logits).dataSync()[0]);
    expect(more).toBeCloseTo(1.1 * (dice ?? Number.NaN), 6);
  });

  it.each(["x", "0", "-1", "", "1e999"])("refuse the factor %j", async (factor) => {
    const library = await libraryLosses();
    expect(() => chooseLosses(`${factor}*diceLoss`, library)).toThrow(
      `--loss: the factor of diceLoss must be a number above 0, got "${factor}"`,
    );
  });

  it("that do not exist end with the list of those that do", async () => {
    const library = await libraryLosses();
    expect(() => chooseLosses("diceLoss,diceloss", library)).toThrow(/no loss "diceloss". The library has .*diceLoss/);
  });
});
