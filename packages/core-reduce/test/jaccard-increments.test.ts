import { jaccardIncrements } from "@lossary/core-reduce";
import { onEachBackend, readNumbers } from "@lossary/test-kit";
import { tensor2d, tensor3d } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";

describe.each([true, false])("fused %s", (fused) => {
  onEachBackend("jaccardIncrements", () => {
    const incrementsOf = (errors: number[], g: number[], shape: [number, number, number] = [1, errors.length, 1]) => {
      const positives = tensor3d(g, shape);
      return readNumbers(jaccardIncrements(tensor3d(errors, shape), positives, undefined, fused));
    };

    it("counts a voxel as often as it weighs", async () => {
      // I / U = 1/2 when one positive of two is wrong, 1/4 with a negative of weight 2, 0
      const positives = tensor3d([1, 0, 1], [1, 3, 1]);
      const weights = tensor2d([1, 2, 1], [1, 3]);
      const increments = jaccardIncrements(tensor3d([0.9, 0.5, 0.1], [1, 3, 1]), positives, weights, fused);
      expect(await readNumbers(increments)).toBeClose([1 / 2, 1 / 4, 1 / 4]);
    });

    it("is what J = 1/3, 2/3, 3/4, 1 grows by, errors falling", async () => {
      expect(await incrementsOf([0.1, 0.2, 0.4, 0.7], [1, 0, 1, 1])).toBeClose([1 / 4, 1 / 12, 1 / 3, 1 / 3]);
    });

    it("jumps to 1 at the first voxel where nothing is labelled, shared by ties", async () => {
      expect(await incrementsOf([0.2, 0.9, 0], [0, 0, 0])).toEqual([0, 1, 0]);
      expect(await incrementsOf([0.9, 0.9, 0], [0, 0, 0])).toEqual([0.5, 0.5, 0]);
    });

    it("sorts each sample and class alone", async () => {
      const [first, second] = [await incrementsOf([0.3, 0.6], [1, 0]), await incrementsOf([0.8, 0.1], [1, 1])];
      const both = await incrementsOf([0.3, 0.8, 0.6, 0.1], [1, 1, 0, 1], [1, 2, 2]);
      expect(both).toBeClose([first[0], second[0], first[1], second[1]] as number[]);
    });

    it("adds up to 1 and never falls below 0 for many voxels, ties and zeros among them", async () => {
      const size = 5000;
      const errors = Array.from({ length: size }, (_, i) => Math.floor(1000 * Math.abs(Math.sin(i))) / 1000);
      const increments = await incrementsOf(
        errors,
        errors.map((_, i) => (i % 3 === 0 ? 1 : 0)),
      );
      expect(increments.every((increment) => increment >= 0)).toBe(true);
      expect(increments.reduce((sum, increment) => sum + increment, 0)).toBeClose(1);
    });

    it("is even among equal errors, wherever they stand in a row sorted by a few bits at a time", async () => {
      const errors = Array.from({ length: 300 }, (_, i) => [0.5, 0.50000006, 0.125, 1e-30][i % 4] as number);
      const increments = await incrementsOf(
        errors,
        errors.map(() => 1),
      );
      for (const at of [0, 1, 2, 3]) {
        expect(new Set(increments.filter((_, i) => i % 4 === at)).size, `level ${errors[at]}`).toBe(1);
      }
    });

    it("is what J grows by along 999 errors in the order of a plain sort, from 5e-10 to 1.2 and bit by bit above 0.5", async () => {
      // so that every digit of the bits decides somewhere
      const places = Array.from({ length: 999 }, (_, i) => (i * 577) % 999);
      const bits = Int32Array.from(places, (place) => (place % 2 ? 0x3f000000 + place : 0x30000000 + place * 2 ** 18));
      const errors = Array.from(new Float32Array(bits.buffer));
      const truth = errors.map((_, i) => (i % 3 === 0 ? 1 : 0));
      const falling = errors.map((_, i) => i).sort((a, b) => (errors[b] as number) - (errors[a] as number));
      let [intersection, union, jaccard] = [333, 333, 0];
      const expected = new Float64Array(999);
      for (const at of falling) {
        if (truth[at] === 1) intersection -= 1;
        else union += 1;
        const next = 1 - intersection / union;
        expected[at] = next - jaccard;
        jaccard = next;
      }
      expect(new Set(errors).size).toBe(999);
      expect(await incrementsOf(errors, truth)).toBeClose([...expected], { relative: 1e-5, absolute: 1e-9 });
    });

    it("ends where an error is no number", async () => {
      expect(await incrementsOf([0.5, Number.NaN, 0.2, Number.NaN], [1, 0, 1, 1])).toHaveLength(4);
    });
  });
});
