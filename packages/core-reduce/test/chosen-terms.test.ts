import { chosenTerms, prepare, readOptions, sharedRules } from "@lossary/core-reduce";
import { onEachBackend, readNumbers } from "@lossary/test-kit";
import { grad, keep, mul, ones, sum, type Tensor, type Tensor2D, tensor, tensor2d } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { chooseArrays } from "../src/fused/array-choice.ts";
import type { VoxelChoice } from "../src/overlap-cross-entropy.ts";

const [batch, voxels] = [2, 5];
const predictions = [0.1, 0.9, 0.5, 0.5, 0.75, 0.25, 0.2, 0.8, 0.6, 0.4];
const labels = [1, 0, 1, 2, 0];
const taken = [0, 2, 1, 7, 0.5, 1, 0, 0, 0, 4];
// -ln p of the label, 0 where that is no class
const map = [0.9, 0.5, 0.25, 1, 0.6].map((p) => -Math.log(p) + 0);

const forms = { fused: true, loops: true, portable: false } as const;

onEachBackend("chosen cross entropy", () => {
  describe.each(Object.entries(forms))("%s", (form, fused) => {
    const run = (x: Tensor, weights: number[] | undefined, choice: VoxelChoice) => {
      chooseArrays({ loopsAlone: form === "loops" });
      const options = readOptions(
        "test",
        { fused, ...(weights && { weights: tensor2d(weights, [batch, voxels]) }) },
        sharedRules,
      );
      const given = tensor([...labels, ...labels], [batch, voxels], "int32");
      const terms = { positive: ones([1, 2]) as Tensor2D, labelSmoothing: 0 };
      return chosenTerms(prepare("test", given, x, options), terms, choice);
    };
    const x = () => tensor([...predictions, ...predictions], [batch, voxels, 2]);
    const choose = () => tensor2d(taken, [batch, voxels]);

    it("adds up what is taken of each sample's map, and how much that is", async () => {
      const { costs, divisor } = run(x(), undefined, { choose });
      const expected = [0, 1].map((n) => map.reduce((total, m, i) => total + m * (taken[n * voxels + i] as number), 0));
      expect(await readNumbers(costs)).toBeClose(expected);
      expect(await readNumbers(divisor)).toBeClose([10.5, 5]);
    });

    it("shows the choice a map in which weights say what counts, and no more", async () => {
      const shown: Tensor[] = [];
      const weights = [3, 0.5, 0, 1, 1, 1, 1, 1, 1, 0];
      const choice = {
        choose: (given: Tensor2D) => {
          shown.push(keep(mul(given, 1)));
          return given;
        },
      };
      run(x(), weights, choice);
      const expected = [...map, ...map].map((m, i) => ((weights[i] as number) > 0 ? m : 0));
      expect(await readNumbers(shown[0] as Tensor)).toBeClose(expected);
    });

    it("divides by what it is told", async () => {
      const { costs, divisor } = run(x(), undefined, { choose, divisorOf: (chosen) => sum(mul(chosen, 3), 1) });
      expect(await readNumbers(divisor)).toBeClose([31.5, 15]);
      expect((await readNumbers(costs))[1]).toBeClose((map[0] as number) + 4 * (map[4] as number));
    });

    it("has the gradient -w / p at the label of what is taken, times that of its sample", async () => {
      const slopes = await readNumbers(
        grad((given) => sum(mul(run(given, undefined, { choose }).costs, tensor([1, 10], [2]))))(x()),
      );
      const expected = taken.flatMap((w, at) =>
        [0, 1].map((c) => {
          const [i, n] = [at % voxels, Math.floor(at / voxels)];
          return labels[i] === c ? (-w * 10 ** n) / (predictions[2 * i + c] as number) : 0;
        }),
      );
      expect(slopes).toBeClose(expected, { relative: 1e-5 });
    });
  });
});
