import { selectAlike } from "@lossary/core-reduce";
import { onEachBackend, readNumbers } from "@lossary/test-kit";
import { tensor2d } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseArrays } from "../src/fused/array-choice.ts";

onEachBackend("selectAlike", () => {
  describe.each(["fused", "loops", "portable"])("%s", (kernels) => {
    beforeAll(() => chooseArrays({ loopsAlone: kernels === "loops" }));
    afterAll(() => chooseArrays());
    const fused = kernels !== "portable";

    it("takes the largest half of each row, and what is smaller than the last of it by less than a share and a difference", async () => {
      const values = tensor2d([
        [8, 4, 3.9, 3.5, 3, 9],
        [0.5, 0.25, 0.0625, 0.3, 0.24, 0.125],
      ]);
      // from 4 down to 4 x 7/8 - 1/4 = 3.25, from 1/4 down to -1/32
      const alike = { share: 0.125, difference: 0.25, least: 0.1 };
      expect(await readNumbers(selectAlike(values, undefined, 50, alike, fused))).toEqual([
        1, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1,
      ]);
    });

    it("takes a value on the edge, and none on the least", async () => {
      const values = tensor2d([[4, 3.5, 3.4375, 0.5, 1]]);
      expect(
        await readNumbers(selectAlike(values, undefined, 1, { share: 0.125, difference: 0, least: 0 }, fused)),
      ).toEqual([1, 1, 0, 0, 0]);
      expect(
        await readNumbers(selectAlike(values, undefined, 1, { share: 1, difference: 0, least: 0.5 }, fused)),
      ).toEqual([1, 1, 1, 0, 1]);
    });

    it("takes nothing that does not count, though it is as large", async () => {
      const [values, counted] = [tensor2d([[9, 4, 4, 2]]), tensor2d([[0, 0.5, 0, 1]])];
      const alike = { share: 0.5, difference: 0, least: 0 };
      expect(await readNumbers(selectAlike(values, counted, 50, alike, fused))).toEqual([0, 1, 0, 1]);
      const none = tensor2d([[0, 0, 0, 0]]);
      expect(await readNumbers(selectAlike(values, none, 50, alike, fused))).toEqual([0, 0, 0, 0]);
    });
  });
});
